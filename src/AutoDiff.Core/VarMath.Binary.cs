using AutoDiff.Rules;

namespace AutoDiff;

// Functions of two and three numbers; a constant of type double may stand for either.
public static partial class VarMath
{
    extension(Math)
    {
        /// <summary>The angle of the point (x, y), in [−π, π]; derivatives 0 at the origin.</summary>
        public static T Atan2<T>(T y, T x) where T : struct, IScalar<T> => T.Apply<Atan2>(y, x);

        /// <summary>The angle of the point (x, y), in [−π, π]; derivatives 0 at the origin.</summary>
        public static T Atan2<T>(T y, double x) where T : struct, IScalar<T> => T.Apply<Atan2>(y, T.Constant(x));

        /// <summary>The angle of the point (x, y), in [−π, π]; derivatives 0 at the origin.</summary>
        public static T Atan2<T>(double y, T x) where T : struct, IScalar<T> => T.Apply<Atan2>(T.Constant(y), x);

        /// <summary>|x| with the sign of y; no derivative by y.</summary>
        public static T CopySign<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<CopySign>(x, y);

        /// <summary>|x| with the sign of y; no derivative by y.</summary>
        public static T CopySign<T>(T x, double y) where T : struct, IScalar<T> => T.Apply<CopySign>(x, T.Constant(y));

        /// <summary>|x| with the sign of y; no derivative by y.</summary>
        public static T CopySign<T>(double x, T y) where T : struct, IScalar<T> => T.Apply<CopySign>(T.Constant(x), y);

        /// <summary>√(x² + y²), without overflow; derivatives 0 at the origin.</summary>
        public static T Hypot<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<Hypot>(x, y);

        /// <summary>√(x² + y²), without overflow; derivatives 0 at the origin.</summary>
        public static T Hypot<T>(T x, double y) where T : struct, IScalar<T> => T.Apply<Hypot>(x, T.Constant(y));

        /// <summary>√(x² + y²), without overflow; derivatives 0 at the origin.</summary>
        public static T Hypot<T>(double x, T y) where T : struct, IScalar<T> => T.Apply<Hypot>(T.Constant(x), y);

        /// <summary>ln(eˣ + eʸ), without overflow; smooth.</summary>
        public static T LogAddExp<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<LogAddExp>(x, y);

        /// <summary>ln(eˣ + eʸ), without overflow; smooth.</summary>
        public static T LogAddExp<T>(T x, double y) where T : struct, IScalar<T> => T.Apply<LogAddExp>(x, T.Constant(y));

        /// <summary>ln(eˣ + eʸ), without overflow; smooth.</summary>
        public static T LogAddExp<T>(double x, T y) where T : struct, IScalar<T> => T.Apply<LogAddExp>(T.Constant(x), y);

        /// <summary>The larger of x and y, or NaN where either is; derivatives ½ and ½ at a tie.</summary>
        public static T Max<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<Max>(x, y);

        /// <summary>The larger of x and y, or NaN where either is; derivatives ½ and ½ at a tie.</summary>
        public static T Max<T>(T x, double y) where T : struct, IScalar<T> => T.Apply<Max>(x, T.Constant(y));

        /// <summary>The larger of x and y, or NaN where either is; derivatives ½ and ½ at a tie.</summary>
        public static T Max<T>(double x, T y) where T : struct, IScalar<T> => T.Apply<Max>(T.Constant(x), y);

        /// <summary>The smaller of x and y, or NaN where either is; derivatives ½ and ½ at a tie.</summary>
        public static T Min<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<Min>(x, y);

        /// <summary>The smaller of x and y, or NaN where either is; derivatives ½ and ½ at a tie.</summary>
        public static T Min<T>(T x, double y) where T : struct, IScalar<T> => T.Apply<Min>(x, T.Constant(y));

        /// <summary>The smaller of x and y, or NaN where either is; derivatives ½ and ½ at a tie.</summary>
        public static T Min<T>(double x, T y) where T : struct, IScalar<T> => T.Apply<Min>(T.Constant(x), y);

        /// <summary>ln x / ln b for the base b; two operations.</summary>
        public static T Log<T>(T x, double newBase) where T : struct, IScalar<T> => T.Log(x) / Math.Log(newBase);

        /// <summary>ln x / ln b for the base b; two operations.</summary>
        public static T Log<T>(double x, T newBase) where T : struct, IScalar<T> => Math.Log(x) / T.Log(newBase);

        /// <summary>ln x / ln b for the base b; three operations.</summary>
        public static T Log<T>(T x, T newBase) where T : struct, IScalar<T> => T.Log(x) / T.Log(newBase);

        /// <summary>x · y + z, rounded once.</summary>
        public static T FusedMultiplyAdd<T>(T x, T y, T z) where T : struct, IScalar<T> => T.FusedMultiplyAdd(x, y, z);

        /// <summary>x · y + z, rounded once; any of the three may be a constant.</summary>
        public static Var FusedMultiplyAdd(Var x, Var y, Var z) => Var.FusedMultiplyAdd(x, y, z);

        /// <summary>sin x and cos x; two operations.</summary>
        public static (T Sin, T Cos) SinCos<T>(T x) where T : struct, IScalar<T> => (T.Sin(x), T.Cos(x));

        /// <summary>x brought into [minimum, maximum]; derivative ½ at an end.</summary>
        /// <exception cref="ArgumentException">The minimum is above the maximum.</exception>
        public static T Clamp<T>(T x, double minimum, double maximum) where T : struct, IScalar<T> => minimum > maximum
            ? throw new ArgumentException($"Clamp: the minimum {minimum} is above the maximum {maximum}.")
            : Math.Min(Math.Max(x, minimum), maximum);

        /// <summary>x confined to [minimum, maximum], as min(max(x, minimum), maximum); derivative ½ at either end; two
        /// operations.</summary>
        /// <exception cref="ArgumentException">The minimum is above the maximum.</exception>
        public static Var Clamp(Var x, Var minimum, Var maximum) => Math.Min(Math.Max(x, CheckedMinimum(minimum, maximum)), maximum);
    }

    private static Var CheckedMinimum(Var minimum, Var maximum) => minimum > maximum
        ? throw new ArgumentException($"Clamp: the minimum {minimum} is above the maximum {maximum}.")
        : minimum;
}
