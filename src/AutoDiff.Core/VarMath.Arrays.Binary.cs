using AutoDiff.Rules;

namespace AutoDiff;

// Functions of two arrays, element by element.
public static partial class VarMath
{
    extension(Math)
    {
        /// <summary>The angle of each point (x, y), in [−π, π]; derivatives 0 at the origin.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ.</exception>
        public static VarVector Atan2(VarVector y, VarVector x) => VarVector.Apply<Atan2>(y, x);

        /// <summary>The angle of each point (x, y), in [−π, π]; derivatives 0 at the origin.</summary>
        public static VarVector Atan2(VarVector y, Var x) => VarVector.Apply<Atan2>(y, x);

        /// <summary>The angle of each point (x, y), in [−π, π]; derivatives 0 at the origin.</summary>
        public static VarVector Atan2(Var y, VarVector x) => VarVector.Apply<Atan2>(y, x);

        /// <summary>The angle of each point (x, y), in [−π, π]; derivatives 0 at the origin; rows, columns and scalars are
        /// repeated.</summary>
        /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
        public static VarMatrix Atan2(VarMatrix y, VarMatrix x) => VarMatrix.Apply<Atan2>(y, x);

        /// <summary>|x| with the sign of y, element by element; no derivative by y.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ.</exception>
        public static VarVector CopySign(VarVector x, VarVector y) => VarVector.Apply<CopySign>(x, y);

        /// <summary>|x| with the sign of y, element by element; no derivative by y.</summary>
        public static VarVector CopySign(VarVector x, Var y) => VarVector.Apply<CopySign>(x, y);

        /// <summary>|x| with the sign of y, element by element; no derivative by y.</summary>
        public static VarVector CopySign(Var x, VarVector y) => VarVector.Apply<CopySign>(x, y);

        /// <summary>|x| with the sign of y, element by element; no derivative by y; rows, columns and scalars are repeated.</summary>
        /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
        public static VarMatrix CopySign(VarMatrix x, VarMatrix y) => VarMatrix.Apply<CopySign>(x, y);

        /// <summary>√(x² + y²), element by element, without overflow; derivatives 0 at the origin.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ.</exception>
        public static VarVector Hypot(VarVector x, VarVector y) => VarVector.Apply<Hypot>(x, y);

        /// <summary>√(x² + y²), element by element, without overflow; derivatives 0 at the origin.</summary>
        public static VarVector Hypot(VarVector x, Var y) => VarVector.Apply<Hypot>(x, y);

        /// <summary>√(x² + y²), element by element, without overflow; derivatives 0 at the origin.</summary>
        public static VarVector Hypot(Var x, VarVector y) => VarVector.Apply<Hypot>(x, y);

        /// <summary>√(x² + y²), element by element, without overflow; derivatives 0 at the origin; rows, columns and scalars are
        /// repeated.</summary>
        /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
        public static VarMatrix Hypot(VarMatrix x, VarMatrix y) => VarMatrix.Apply<Hypot>(x, y);

        /// <summary>ln(eˣ + eʸ), element by element, without overflow; smooth.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ.</exception>
        public static VarVector LogAddExp(VarVector x, VarVector y) => VarVector.Apply<LogAddExp>(x, y);

        /// <summary>ln(eˣ + eʸ), element by element, without overflow; smooth.</summary>
        public static VarVector LogAddExp(VarVector x, Var y) => VarVector.Apply<LogAddExp>(x, y);

        /// <summary>ln(eˣ + eʸ), element by element, without overflow; smooth.</summary>
        public static VarVector LogAddExp(Var x, VarVector y) => VarVector.Apply<LogAddExp>(x, y);

        /// <summary>ln(eˣ + eʸ), element by element, without overflow; smooth; rows, columns and scalars are repeated.</summary>
        /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
        public static VarMatrix LogAddExp(VarMatrix x, VarMatrix y) => VarMatrix.Apply<LogAddExp>(x, y);

        /// <summary>ln xᵢ / ln bᵢ for the bases b; three operations.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ.</exception>
        public static VarVector Log(VarVector x, VarVector newBase) => Math.Log(x) / Math.Log(newBase);

        /// <summary>ln xᵢ / ln b for the base b; up to three operations.</summary>
        public static VarVector Log(VarVector x, Var newBase) => Math.Log(x) / Math.Log(newBase);

        /// <summary>ln x / ln bᵢ for the bases b; up to three operations.</summary>
        public static VarVector Log(Var x, VarVector newBase) => Math.Log(x) / Math.Log(newBase);

        /// <summary>ln xᵢⱼ / ln bᵢⱼ for the bases b; up to three operations; rows, columns and scalars are repeated.</summary>
        /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
        public static VarMatrix Log(VarMatrix x, VarMatrix newBase) => Math.Log(x) / Math.Log(newBase);

        /// <summary>The larger of x and y, element by element; derivatives ½ and ½ at a tie.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ.</exception>
        public static VarVector Max(VarVector x, VarVector y) => VarVector.Apply<Max>(x, y);

        /// <summary>The larger of x and y, element by element; derivatives ½ and ½ at a tie.</summary>
        public static VarVector Max(VarVector x, Var y) => VarVector.Apply<Max>(x, y);

        /// <summary>The larger of x and y, element by element; derivatives ½ and ½ at a tie.</summary>
        public static VarVector Max(Var x, VarVector y) => VarVector.Apply<Max>(x, y);

        /// <summary>The larger of x and y, element by element; derivatives ½ and ½ at a tie; rows, columns and scalars are
        /// repeated.</summary>
        /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
        public static VarMatrix Max(VarMatrix x, VarMatrix y) => VarMatrix.Apply<Max>(x, y);

        /// <summary>The smaller of x and y, element by element; derivatives ½ and ½ at a tie.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ.</exception>
        public static VarVector Min(VarVector x, VarVector y) => VarVector.Apply<Min>(x, y);

        /// <summary>The smaller of x and y, element by element; derivatives ½ and ½ at a tie.</summary>
        public static VarVector Min(VarVector x, Var y) => VarVector.Apply<Min>(x, y);

        /// <summary>The smaller of x and y, element by element; derivatives ½ and ½ at a tie.</summary>
        public static VarVector Min(Var x, VarVector y) => VarVector.Apply<Min>(x, y);

        /// <summary>The smaller of x and y, element by element; derivatives ½ and ½ at a tie; rows, columns and scalars are
        /// repeated.</summary>
        /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
        public static VarMatrix Min(VarMatrix x, VarMatrix y) => VarMatrix.Apply<Min>(x, y);

        /// <summary>x confined to [minimum, maximum], element by element; derivative ½ at either end; two operations.</summary>
        /// <exception cref="ArgumentException">The minimum is above the maximum.</exception>
        public static VarVector Clamp(VarVector x, Var minimum, Var maximum) =>
            Math.Min(Math.Max(x, CheckedMinimum(minimum, maximum)), maximum);

        /// <summary>x confined to [minimum, maximum], element by element; derivative ½ at either end; two operations.</summary>
        /// <exception cref="ArgumentException">The minimum is above the maximum.</exception>
        public static VarMatrix Clamp(VarMatrix x, Var minimum, Var maximum) =>
            Math.Min(Math.Max(x, CheckedMinimum(minimum, maximum)), maximum);
    }
}
