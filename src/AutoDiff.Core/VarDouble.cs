namespace AutoDiff;

/// <summary>
/// <c>double.Sin(x)</c> for the numbers that are differentiated, so that code in the spelling of .NET's generic mathematics reads on
/// unchanged. The same functions as those of <see cref="VarMath"/>, under the names that <see cref="double"/> gives them.
/// </summary>
/// <remarks>Pure; safe on any thread that may use the arguments.</remarks>
public static class VarDouble
{
    extension(double)
    {
        /// <summary>|x|; derivative sign x, 0 at 0.</summary>
        public static Var Abs(Var x) => Math.Abs(x);

        /// <summary>arccos x, in [0, π]; infinite slope at ±1.</summary>
        public static Var Acos(Var x) => Math.Acos(x);

        /// <summary>arcosh x for x ≥ 1; infinite slope at 1.</summary>
        public static Var Acosh(Var x) => Math.Acosh(x);

        /// <summary>arcsin x, in [−π/2, π/2]; infinite slope at ±1.</summary>
        public static Var Asin(Var x) => Math.Asin(x);

        /// <summary>arsinh x; smooth.</summary>
        public static Var Asinh(Var x) => Math.Asinh(x);

        /// <summary>arctan x; smooth.</summary>
        public static Var Atan(Var x) => Math.Atan(x);

        /// <summary>artanh x for |x| &lt; 1.</summary>
        public static Var Atanh(Var x) => Math.Atanh(x);

        /// <summary>∛x; infinite slope at 0.</summary>
        public static Var Cbrt(Var x) => Math.Cbrt(x);

        /// <summary>⌈x⌉; derivative 0.</summary>
        public static Var Ceiling(Var x) => Math.Ceiling(x);

        /// <summary>cos x; smooth.</summary>
        public static Var Cos(Var x) => Math.Cos(x);

        /// <summary>cosh x; smooth.</summary>
        public static Var Cosh(Var x) => Math.Cosh(x);

        /// <summary>eˣ; smooth.</summary>
        public static Var Exp(Var x) => Math.Exp(x);

        /// <summary>10ˣ; smooth.</summary>
        public static Var Exp10(Var x) => Math.Exp10(x);

        /// <summary>2ˣ; smooth.</summary>
        public static Var Exp2(Var x) => Math.Exp2(x);

        /// <summary>eˣ − 1, accurate near 0; smooth.</summary>
        public static Var ExpM1(Var x) => Math.ExpM1(x);

        /// <summary>⌊x⌋; derivative 0.</summary>
        public static Var Floor(Var x) => Math.Floor(x);

        /// <summary>ln x for x > 0.</summary>
        public static Var Log(Var x) => Math.Log(x);

        /// <summary>log₁₀ x for x > 0.</summary>
        public static Var Log10(Var x) => Math.Log10(x);

        /// <summary>log₂ x for x > 0.</summary>
        public static Var Log2(Var x) => Math.Log2(x);

        /// <summary>ln(1 + x) for x > −1, accurate near 0.</summary>
        public static Var LogP1(Var x) => Math.LogP1(x);

        /// <summary>The integer nearest to x, the even one of two; derivative 0.</summary>
        public static Var Round(Var x) => Math.Round(x);

        /// <summary>sin x; smooth.</summary>
        public static Var Sin(Var x) => Math.Sin(x);

        /// <summary>sinh x; smooth.</summary>
        public static Var Sinh(Var x) => Math.Sinh(x);

        /// <summary>√x; infinite slope at 0.</summary>
        public static Var Sqrt(Var x) => Math.Sqrt(x);

        /// <summary>tan x.</summary>
        public static Var Tan(Var x) => Math.Tan(x);

        /// <summary>tanh x; smooth.</summary>
        public static Var Tanh(Var x) => Math.Tanh(x);

        /// <summary>x rounded towards zero; derivative 0.</summary>
        public static Var Truncate(Var x) => Math.Truncate(x);

        /// <summary>The angle of the point (x, y), in [−π, π]; derivatives 0 at the origin.</summary>
        public static Var Atan2(Var y, Var x) => Math.Atan2(y, x);

        /// <summary>|x| with the sign of y, −0 being negative; no derivative by y.</summary>
        public static Var CopySign(Var x, Var y) => Math.CopySign(x, y);

        /// <summary>x · y + z, rounded once.</summary>
        public static Var FusedMultiplyAdd(Var x, Var y, Var z) => Math.FusedMultiplyAdd(x, y, z);

        /// <summary>ln x / ln b for the base b; up to three operations.</summary>
        public static Var Log(Var x, Var newBase) => Math.Log(x, newBase);

        /// <summary>The larger of x and y, or NaN where either is; derivatives ½ and ½ at a tie.</summary>
        public static Var Max(Var x, Var y) => Math.Max(x, y);

        /// <summary>The smaller of x and y, or NaN where either is; derivatives ½ and ½ at a tie.</summary>
        public static Var Min(Var x, Var y) => Math.Min(x, y);

        /// <summary>sin x and cos x; two operations.</summary>
        public static (Var Sin, Var Cos) SinCos(Var x) => Math.SinCos(x);

        /// <summary>√(x² + y²), without overflow; derivatives 0 at the origin.</summary>
        public static Var Hypot(Var x, Var y) => Math.Hypot(x, y);

        /// <summary>xʸ.</summary>
        public static Var Pow(Var x, Var y) => Math.Pow(x, y);

        /// <summary>x confined to [minimum, maximum]; derivative ½ at either end.</summary>
        /// <exception cref="ArgumentException">The minimum is above the maximum.</exception>
        public static Var Clamp(Var x, Var minimum, Var maximum) => Math.Clamp(x, minimum, maximum);
    }
}
