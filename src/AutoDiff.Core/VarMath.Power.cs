using AutoDiff.Rules;

namespace AutoDiff;

// Powers: constant whole exponents of small size are products, which are several times cheaper to compute and to differentiate than Math.Pow.
public static partial class VarMath
{
    extension(Math)
    {
        /// <summary>xʸ. A constant exponent is treated as in <c>Pow(Var, double)</c>; the cases at a base or exponent of zero are in docs/nonsmooth.md.</summary>
        public static Var Pow(Var x, Var y) => y.IsConstant ? Math.Pow(x, y.Bits) : Var.Apply<Pow>(x, y);

        /// <summary>xᶜ: products for c from −2 to 8 where whole (at most four operations), xᶜ⁼⁰ being the constant 1; otherwise one operation.</summary>
        public static Var Pow(Var x, double c) => c switch
        {
            -2 => Var.Square(1 / x),
            -1 => 1 / x,
            0 => 1,
            1 => x,
            2 => Var.Square(x),
            3 => Cube(x),
            4 => Fourth(x),
            5 => x * Fourth(x),
            6 => Var.Square(Cube(x)),
            7 => x * Var.Square(Cube(x)),
            8 => Var.Square(Fourth(x)),
            _ => Var.Apply<Pow>(x, c),
        };

        /// <summary>cˣ; one operation.</summary>
        public static Var Pow(double c, Var x) => Math.Pow((Var)c, x);
    }

    private static Var Cube(Var x) => x * Var.Square(x);

    private static Var Fourth(Var x) => Var.Square(Var.Square(x));
}
