using AutoDiff.Rules;

namespace AutoDiff;

// Powers: constant whole exponents of small size are products, which are several times cheaper to compute and to differentiate than
// Math.Pow.
public static partial class VarMath
{
    extension(Math)
    {
        /// <summary>xʸ. A constant exponent is treated as in <c>Pow(x, double)</c>; the cases at a base or exponent of zero are in
        /// docs/nonsmooth.md.</summary>
        public static Var Pow(Var x, Var y) => y.IsConstant ? Math.Pow(x, y.Bits) : Var.Apply<Pow>(x, y);

        /// <summary>xʸ; the cases at a base or exponent of zero are in docs/nonsmooth.md.</summary>
        public static T Pow<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<Pow>(x, y);

        /// <summary>xᶜ: products for c from 1 to 8, −1 and −2 where whole (at most four operations); otherwise one operation.</summary>
        public static T Pow<T>(T x, double c) where T : struct, IScalar<T> =>
            IsProduct(c) ? Product(x, (int)c) : T.Apply<Pow>(x, T.Constant(c));

        /// <summary>cˣ; one operation.</summary>
        public static T Pow<T>(double c, T x) where T : struct, IScalar<T> => T.Apply<Pow>(T.Constant(c), x);

        /// <summary>xᵢ^yᵢ; one operation.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ.</exception>
        public static VarVector Pow(VarVector x, VarVector y) => VarVector.Apply<Pow>(x, y);

        /// <summary>xᵢʸ, as <c>Pow(VarVector, double)</c> where y is a constant; otherwise one operation.</summary>
        public static VarVector Pow(VarVector x, Var y) => y.IsConstant ? Math.Pow(x, y.Bits) : VarVector.Apply<Pow>(x, y);

        /// <summary>xᵢᶜ: products for c from 1 to 8, −1 and −2 where whole (at most four operations); otherwise one operation.</summary>
        public static VarVector Pow(VarVector x, double c) => Math.Pow<VarVector>(x, c);

        /// <summary>x^yᵢ; one operation.</summary>
        public static VarVector Pow(Var x, VarVector y) => VarVector.Apply<Pow>(x, y);

        /// <summary>xᵢⱼ^yᵢⱼ; rows, columns and scalars are repeated; one operation.</summary>
        /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
        public static VarMatrix Pow(VarMatrix x, VarMatrix y) => VarMatrix.Apply<Pow>(x, y);

        /// <summary>xᵢⱼᶜ; one operation, which for c = 2 is the square.</summary>
        public static VarMatrix Pow(VarMatrix x, double c) => c == 2 ? VarMatrix.Apply<Square>(x) : VarMatrix.Apply<Pow>(x, c);
    }

    private static bool IsProduct(double c) => c is -2 or -1 or (>= 1 and <= 8) && c == (int)c;

    private static T Product<T>(T x, int n) where T : struct, IScalar<T> => n switch
    {
        -2 => T.Square(1 / x),
        -1 => 1 / x,
        1 => x,
        2 => T.Square(x),
        4 or 6 or 8 => T.Square(Product(x, n / 2)),
        _ => x * Product(x, n - 1),
    };
}
