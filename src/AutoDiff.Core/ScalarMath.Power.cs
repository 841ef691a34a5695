using AutoDiff.Rules;

namespace AutoDiff;

// Powers: constant whole exponents of small size are products, which are several times cheaper to compute and to differentiate than
// Math.Pow.
public static partial class ScalarMath
{
    extension(Math)
    {
        /// <summary>xʸ; the cases at a base or exponent of zero are in docs/nonsmooth.md.</summary>
        public static T Pow<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<Pow>(x, y);

        /// <summary>xᶜ: products for whole c from −2 to 4, of which xᶜ⁼⁰ is the constant 1.</summary>
        public static T Pow<T>(T x, double c) where T : struct, IScalar<T> => c switch
        {
            -2 => T.Square(1 / x),
            -1 => 1 / x,
            0 => T.Constant(1),
            1 => x,
            2 => T.Square(x),
            3 => x * T.Square(x),
            4 => T.Square(T.Square(x)),
            _ => T.Apply<Pow>(x, T.Constant(c)),
        };

        /// <summary>cˣ.</summary>
        public static T Pow<T>(double c, T x) where T : struct, IScalar<T> => T.Apply<Pow>(T.Constant(c), x);
    }
}
