using AutoDiff.Rules;

namespace AutoDiff;

/// <summary>
/// <c>Math.</c> for the numbers that are differentiated: <c>Math.Sin(x)</c> records where x is a <see cref="Var"/>. Functions that System.Math lacks
/// are there for <see cref="double"/> too, so that one spelling serves both. Under <c>using static System.Math</c> add
/// <c>using static AutoDiff.VarMath</c>.
/// </summary>
/// <remarks>
/// Constants fold; otherwise each function records one operation unless it says more. Values at kinks and poles are tabulated in docs/nonsmooth.md.
/// All throw a <see cref="VariableException"/> where a handle is misused. Pure; safe on any thread that may use the arguments.
/// </remarks>
public static partial class VarMath
{
    extension(Math)
    {
        /// <summary>|x|; derivative sign x, 0 at 0.</summary>
        public static Var Abs(Var x) => Var.Apply<Abs>(x);

        /// <summary>arccos x, in [0, π]; infinite slope at ±1.</summary>
        public static Var Acos(Var x) => Var.Apply<Acos>(x);

        /// <summary>arcosh x for x ≥ 1; infinite slope at 1.</summary>
        public static Var Acosh(Var x) => Var.Apply<Acosh>(x);

        /// <summary>arcsin x, in [−π/2, π/2]; infinite slope at ±1.</summary>
        public static Var Asin(Var x) => Var.Apply<Asin>(x);

        /// <summary>arsinh x; smooth.</summary>
        public static Var Asinh(Var x) => Var.Apply<Asinh>(x);

        /// <summary>arctan x; smooth.</summary>
        public static Var Atan(Var x) => Var.Apply<Atan>(x);

        /// <summary>artanh x for |x| &lt; 1.</summary>
        public static Var Atanh(Var x) => Var.Apply<Atanh>(x);

        /// <summary>∛x; infinite slope at 0.</summary>
        public static Var Cbrt(Var x) => Var.Apply<Cbrt>(x);

        /// <summary>⌈x⌉; derivative 0.</summary>
        public static Var Ceiling(Var x) => Var.Apply<Ceiling>(x);

        /// <summary>cos x; smooth.</summary>
        public static Var Cos(Var x) => Var.Apply<Cos>(x);

        /// <summary>cosh x; smooth.</summary>
        public static Var Cosh(Var x) => Var.Apply<Cosh>(x);

        /// <summary>eˣ; smooth.</summary>
        public static Var Exp(Var x) => Var.Apply<Exp>(x);

        /// <summary>⌊x⌋; derivative 0.</summary>
        public static Var Floor(Var x) => Var.Apply<Floor>(x);

        /// <summary>ln x for x > 0.</summary>
        public static Var Log(Var x) => Var.Apply<Log>(x);

        /// <summary>log₁₀ x for x > 0.</summary>
        public static Var Log10(Var x) => Var.Apply<Log10>(x);

        /// <summary>log₂ x for x > 0.</summary>
        public static Var Log2(Var x) => Var.Apply<Log2>(x);

        /// <summary>The integer nearest to x, the even one of two; derivative 0.</summary>
        public static Var Round(Var x) => Var.Apply<Round>(x);

        /// <summary>−1, 0 or 1 as x is below, at or above zero; derivative 0.</summary>
        public static Var Sign(Var x) => Var.Apply<Sign>(x);

        /// <summary>sin x; smooth.</summary>
        public static Var Sin(Var x) => Var.Apply<Sin>(x);

        /// <summary>sinh x; smooth.</summary>
        public static Var Sinh(Var x) => Var.Apply<Sinh>(x);

        /// <summary>√x; infinite slope at 0.</summary>
        public static Var Sqrt(Var x) => Var.Apply<Sqrt>(x);

        /// <summary>tan x.</summary>
        public static Var Tan(Var x) => Var.Apply<Tan>(x);

        /// <summary>tanh x; smooth.</summary>
        public static Var Tanh(Var x) => Var.Apply<Tanh>(x);

        /// <summary>x rounded towards zero; derivative 0.</summary>
        public static Var Truncate(Var x) => Var.Apply<Truncate>(x);

        /// <summary>The angle of the point (x, y), in [−π, π]; derivatives 0 at the origin.</summary>
        public static Var Atan2(Var y, Var x) => Var.Apply<Atan2>(y, x);

        /// <summary>|x| with the sign of y, −0 being negative; no derivative by y.</summary>
        public static Var CopySign(Var x, Var y) => Var.Apply<CopySign>(x, y);

        /// <summary>x · y + z, rounded once.</summary>
        public static Var FusedMultiplyAdd(Var x, Var y, Var z) => Var.FusedMultiplyAdd(x, y, z);

        /// <summary>ln x / ln b for the base b; up to three operations.</summary>
        public static Var Log(Var x, Var newBase) => Math.Log(x) / Math.Log(newBase);

        /// <summary>The larger of x and y, or NaN where either is; derivatives ½ and ½ at a tie.</summary>
        public static Var Max(Var x, Var y) => Var.Apply<Max>(x, y);

        /// <summary>The smaller of x and y, or NaN where either is; derivatives ½ and ½ at a tie.</summary>
        public static Var Min(Var x, Var y) => Var.Apply<Min>(x, y);

        /// <summary>sin x and cos x; two operations.</summary>
        public static (Var Sin, Var Cos) SinCos(Var x) => (Math.Sin(x), Math.Cos(x));

        /// <summary>x confined to [minimum, maximum], as min(max(x, minimum), maximum); derivative ½ at either end; two operations.</summary>
        /// <exception cref="ArgumentException">The minimum is above the maximum.</exception>
        public static Var Clamp(Var x, Var minimum, Var maximum) => Math.Min(Math.Max(x, CheckedMinimum(minimum, maximum)), maximum);
    }

    private static Var CheckedMinimum(Var minimum, Var maximum) => minimum > maximum
        ? throw new ArgumentException($"Clamp: the minimum {minimum} is above the maximum {maximum}.")
        : minimum;
}
