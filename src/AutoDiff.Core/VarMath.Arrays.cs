using AutoDiff.Rules;

namespace AutoDiff;

// The same functions of arrays, element by element: one array operation each unless it says more. Vectors have overloads of their own
// beside the generic ones so that arrays of constants and data, which convert to vectors, are taken too.
public static partial class VarMath
{
    extension(Math)
    {
        /// <summary>|x|; derivative sign x, 0 at 0, of each element.</summary>
        public static VarVector Abs(VarVector x) => VarVector.Apply<Abs>(x);

        /// <summary>|x|; derivative sign x, 0 at 0, of each element.</summary>
        public static VarMatrix Abs(VarMatrix x) => VarMatrix.Apply<Abs>(x);

        /// <summary>arccos x, in [0, π]; infinite slope at ±1, of each element.</summary>
        public static VarVector Acos(VarVector x) => VarVector.Apply<Acos>(x);

        /// <summary>arccos x, in [0, π]; infinite slope at ±1, of each element.</summary>
        public static VarMatrix Acos(VarMatrix x) => VarMatrix.Apply<Acos>(x);

        /// <summary>arcosh x for x ≥ 1; infinite slope at 1, of each element.</summary>
        public static VarVector Acosh(VarVector x) => VarVector.Apply<Acosh>(x);

        /// <summary>arcosh x for x ≥ 1; infinite slope at 1, of each element.</summary>
        public static VarMatrix Acosh(VarMatrix x) => VarMatrix.Apply<Acosh>(x);

        /// <summary>arcsin x, in [−π/2, π/2]; infinite slope at ±1, of each element.</summary>
        public static VarVector Asin(VarVector x) => VarVector.Apply<Asin>(x);

        /// <summary>arcsin x, in [−π/2, π/2]; infinite slope at ±1, of each element.</summary>
        public static VarMatrix Asin(VarMatrix x) => VarMatrix.Apply<Asin>(x);

        /// <summary>arsinh x; smooth, of each element.</summary>
        public static VarVector Asinh(VarVector x) => VarVector.Apply<Asinh>(x);

        /// <summary>arsinh x; smooth, of each element.</summary>
        public static VarMatrix Asinh(VarMatrix x) => VarMatrix.Apply<Asinh>(x);

        /// <summary>arctan x; smooth, of each element.</summary>
        public static VarVector Atan(VarVector x) => VarVector.Apply<Atan>(x);

        /// <summary>arctan x; smooth, of each element.</summary>
        public static VarMatrix Atan(VarMatrix x) => VarMatrix.Apply<Atan>(x);

        /// <summary>artanh x for |x| &lt; 1, of each element.</summary>
        public static VarVector Atanh(VarVector x) => VarVector.Apply<Atanh>(x);

        /// <summary>artanh x for |x| &lt; 1, of each element.</summary>
        public static VarMatrix Atanh(VarMatrix x) => VarMatrix.Apply<Atanh>(x);

        /// <summary>∛x; infinite slope at 0, of each element.</summary>
        public static VarVector Cbrt(VarVector x) => VarVector.Apply<Cbrt>(x);

        /// <summary>∛x; infinite slope at 0, of each element.</summary>
        public static VarMatrix Cbrt(VarMatrix x) => VarMatrix.Apply<Cbrt>(x);

        /// <summary>⌈x⌉; derivative 0, of each element.</summary>
        public static VarVector Ceiling(VarVector x) => VarVector.Apply<Ceiling>(x);

        /// <summary>⌈x⌉; derivative 0, of each element.</summary>
        public static VarMatrix Ceiling(VarMatrix x) => VarMatrix.Apply<Ceiling>(x);

        /// <summary>cos x; smooth, of each element.</summary>
        public static VarVector Cos(VarVector x) => VarVector.Apply<Cos>(x);

        /// <summary>cos x; smooth, of each element.</summary>
        public static VarMatrix Cos(VarMatrix x) => VarMatrix.Apply<Cos>(x);

        /// <summary>cosh x; smooth, of each element.</summary>
        public static VarVector Cosh(VarVector x) => VarVector.Apply<Cosh>(x);

        /// <summary>cosh x; smooth, of each element.</summary>
        public static VarMatrix Cosh(VarMatrix x) => VarMatrix.Apply<Cosh>(x);

        /// <summary>ψ(x) = d/dx ln Γ(x), of each element.</summary>
        public static VarVector Digamma(VarVector x) => VarVector.Apply<Digamma>(x);

        /// <summary>ψ(x) = d/dx ln Γ(x), of each element.</summary>
        public static VarMatrix Digamma(VarMatrix x) => VarMatrix.Apply<Digamma>(x);

        /// <summary>The error function 2/√π ∫₀ˣ e^−t² dt; smooth, of each element.</summary>
        public static VarVector Erf(VarVector x) => VarVector.Apply<Erf>(x);

        /// <summary>The error function 2/√π ∫₀ˣ e^−t² dt; smooth, of each element.</summary>
        public static VarMatrix Erf(VarMatrix x) => VarMatrix.Apply<Erf>(x);

        /// <summary>1 − erf x, accurate in its tail; smooth, of each element.</summary>
        public static VarVector Erfc(VarVector x) => VarVector.Apply<Erfc>(x);

        /// <summary>1 − erf x, accurate in its tail; smooth, of each element.</summary>
        public static VarMatrix Erfc(VarMatrix x) => VarMatrix.Apply<Erfc>(x);

        /// <summary>eˣ; smooth, of each element.</summary>
        public static VarVector Exp(VarVector x) => VarVector.Apply<Exp>(x);

        /// <summary>eˣ; smooth, of each element.</summary>
        public static VarMatrix Exp(VarMatrix x) => VarMatrix.Apply<Exp>(x);

        /// <summary>10ˣ; smooth, of each element.</summary>
        public static VarVector Exp10(VarVector x) => VarVector.Apply<Exp10>(x);

        /// <summary>10ˣ; smooth, of each element.</summary>
        public static VarMatrix Exp10(VarMatrix x) => VarMatrix.Apply<Exp10>(x);

        /// <summary>2ˣ; smooth, of each element.</summary>
        public static VarVector Exp2(VarVector x) => VarVector.Apply<Exp2>(x);

        /// <summary>2ˣ; smooth, of each element.</summary>
        public static VarMatrix Exp2(VarMatrix x) => VarMatrix.Apply<Exp2>(x);

        /// <summary>eˣ − 1, accurate near 0; smooth, of each element.</summary>
        public static VarVector ExpM1(VarVector x) => VarVector.Apply<ExpM1>(x);

        /// <summary>eˣ − 1, accurate near 0; smooth, of each element.</summary>
        public static VarMatrix ExpM1(VarMatrix x) => VarMatrix.Apply<ExpM1>(x);

        /// <summary>⌊x⌋; derivative 0, of each element.</summary>
        public static VarVector Floor(VarVector x) => VarVector.Apply<Floor>(x);

        /// <summary>⌊x⌋; derivative 0, of each element.</summary>
        public static VarMatrix Floor(VarMatrix x) => VarMatrix.Apply<Floor>(x);

        /// <summary>x Φ(x), the exact Gaussian error linear unit; smooth, of each element.</summary>
        public static VarVector Gelu(VarVector x) => VarVector.Apply<Gelu>(x);

        /// <summary>x Φ(x), the exact Gaussian error linear unit; smooth, of each element.</summary>
        public static VarMatrix Gelu(VarMatrix x) => VarMatrix.Apply<Gelu>(x);

        /// <summary>ln x for x > 0, of each element.</summary>
        public static VarVector Log(VarVector x) => VarVector.Apply<Log>(x);

        /// <summary>ln x for x > 0, of each element.</summary>
        public static VarMatrix Log(VarMatrix x) => VarMatrix.Apply<Log>(x);

        /// <summary>log₁₀ x for x > 0, of each element.</summary>
        public static VarVector Log10(VarVector x) => VarVector.Apply<Log10>(x);

        /// <summary>log₁₀ x for x > 0, of each element.</summary>
        public static VarMatrix Log10(VarMatrix x) => VarMatrix.Apply<Log10>(x);

        /// <summary>log₂ x for x > 0, of each element.</summary>
        public static VarVector Log2(VarVector x) => VarVector.Apply<Log2>(x);

        /// <summary>log₂ x for x > 0, of each element.</summary>
        public static VarMatrix Log2(VarMatrix x) => VarMatrix.Apply<Log2>(x);

        /// <summary>ln |Γ(x)|, of each element.</summary>
        public static VarVector LogGamma(VarVector x) => VarVector.Apply<LogGamma>(x);

        /// <summary>ln |Γ(x)|, of each element.</summary>
        public static VarMatrix LogGamma(VarMatrix x) => VarMatrix.Apply<LogGamma>(x);

        /// <summary>ln Φ(x), accurate in both tails; smooth, of each element.</summary>
        public static VarVector LogNormalCdf(VarVector x) => VarVector.Apply<LogNormalCdf>(x);

        /// <summary>ln Φ(x), accurate in both tails; smooth, of each element.</summary>
        public static VarMatrix LogNormalCdf(VarMatrix x) => VarMatrix.Apply<LogNormalCdf>(x);

        /// <summary>ln(1 + x) for x > −1, accurate near 0, of each element.</summary>
        public static VarVector LogP1(VarVector x) => VarVector.Apply<LogP1>(x);

        /// <summary>ln(1 + x) for x > −1, accurate near 0, of each element.</summary>
        public static VarMatrix LogP1(VarMatrix x) => VarMatrix.Apply<LogP1>(x);

        /// <summary>−ln(1 + e⁻ˣ), without overflow; smooth, of each element.</summary>
        public static VarVector LogSigmoid(VarVector x) => VarVector.Apply<LogSigmoid>(x);

        /// <summary>−ln(1 + e⁻ˣ), without overflow; smooth, of each element.</summary>
        public static VarMatrix LogSigmoid(VarMatrix x) => VarMatrix.Apply<LogSigmoid>(x);

        /// <summary>The normal distribution function Φ(x), accurate in its lower tail; smooth, of each element.</summary>
        public static VarVector NormalCdf(VarVector x) => VarVector.Apply<NormalCdf>(x);

        /// <summary>The normal distribution function Φ(x), accurate in its lower tail; smooth, of each element.</summary>
        public static VarMatrix NormalCdf(VarMatrix x) => VarMatrix.Apply<NormalCdf>(x);

        /// <summary>max(x, 0); derivative 0 at 0, of each element.</summary>
        public static VarVector Relu(VarVector x) => VarVector.Apply<Relu>(x);

        /// <summary>max(x, 0); derivative 0 at 0, of each element.</summary>
        public static VarMatrix Relu(VarMatrix x) => VarMatrix.Apply<Relu>(x);

        /// <summary>The integer nearest to x, the even one of two; derivative 0, of each element.</summary>
        public static VarVector Round(VarVector x) => VarVector.Apply<Round>(x);

        /// <summary>The integer nearest to x, the even one of two; derivative 0, of each element.</summary>
        public static VarMatrix Round(VarMatrix x) => VarMatrix.Apply<Round>(x);

        /// <summary>1 / (1 + e⁻ˣ), the logistic function, without overflow; smooth, of each element.</summary>
        public static VarVector Sigmoid(VarVector x) => VarVector.Apply<Sigmoid>(x);

        /// <summary>1 / (1 + e⁻ˣ), the logistic function, without overflow; smooth, of each element.</summary>
        public static VarMatrix Sigmoid(VarMatrix x) => VarMatrix.Apply<Sigmoid>(x);

        /// <summary>−1, 0 or 1 as x is below, at or above zero; derivative 0, of each element.</summary>
        public static VarVector Sign(VarVector x) => VarVector.Apply<Sign>(x);

        /// <summary>−1, 0 or 1 as x is below, at or above zero; derivative 0, of each element.</summary>
        public static VarMatrix Sign(VarMatrix x) => VarMatrix.Apply<Sign>(x);

        /// <summary>x / (1 + e⁻ˣ), without overflow; smooth, of each element.</summary>
        public static VarVector Silu(VarVector x) => VarVector.Apply<Silu>(x);

        /// <summary>x / (1 + e⁻ˣ), without overflow; smooth, of each element.</summary>
        public static VarMatrix Silu(VarMatrix x) => VarMatrix.Apply<Silu>(x);

        /// <summary>sin x; smooth, of each element.</summary>
        public static VarVector Sin(VarVector x) => VarVector.Apply<Sin>(x);

        /// <summary>sin x; smooth, of each element.</summary>
        public static VarMatrix Sin(VarMatrix x) => VarMatrix.Apply<Sin>(x);

        /// <summary>sinh x; smooth, of each element.</summary>
        public static VarVector Sinh(VarVector x) => VarVector.Apply<Sinh>(x);

        /// <summary>sinh x; smooth, of each element.</summary>
        public static VarMatrix Sinh(VarMatrix x) => VarMatrix.Apply<Sinh>(x);

        /// <summary>ln(1 + eˣ), without overflow; smooth, of each element.</summary>
        public static VarVector Softplus(VarVector x) => VarVector.Apply<Softplus>(x);

        /// <summary>ln(1 + eˣ), without overflow; smooth, of each element.</summary>
        public static VarMatrix Softplus(VarMatrix x) => VarMatrix.Apply<Softplus>(x);

        /// <summary>√x; infinite slope at 0, of each element.</summary>
        public static VarVector Sqrt(VarVector x) => VarVector.Apply<Sqrt>(x);

        /// <summary>√x; infinite slope at 0, of each element.</summary>
        public static VarMatrix Sqrt(VarMatrix x) => VarMatrix.Apply<Sqrt>(x);

        /// <summary>x², of each element.</summary>
        public static VarVector Square(VarVector x) => VarVector.Apply<Square>(x);

        /// <summary>x², of each element.</summary>
        public static VarMatrix Square(VarMatrix x) => VarMatrix.Apply<Square>(x);

        /// <summary>x, held constant by every differentiation, of each element.</summary>
        public static VarVector StopGradient(VarVector x) => VarVector.Apply<StopGradient>(x);

        /// <summary>x, held constant by every differentiation, of each element.</summary>
        public static VarMatrix StopGradient(VarMatrix x) => VarMatrix.Apply<StopGradient>(x);

        /// <summary>tan x, of each element.</summary>
        public static VarVector Tan(VarVector x) => VarVector.Apply<Tan>(x);

        /// <summary>tan x, of each element.</summary>
        public static VarMatrix Tan(VarMatrix x) => VarMatrix.Apply<Tan>(x);

        /// <summary>tanh x; smooth, of each element.</summary>
        public static VarVector Tanh(VarVector x) => VarVector.Apply<Tanh>(x);

        /// <summary>tanh x; smooth, of each element.</summary>
        public static VarMatrix Tanh(VarMatrix x) => VarMatrix.Apply<Tanh>(x);

        /// <summary>x rounded towards zero; derivative 0, of each element.</summary>
        public static VarVector Truncate(VarVector x) => VarVector.Apply<Truncate>(x);

        /// <summary>x rounded towards zero; derivative 0, of each element.</summary>
        public static VarMatrix Truncate(VarMatrix x) => VarMatrix.Apply<Truncate>(x);

        /// <summary>1 / x, of each element.</summary>
        public static VarVector Reciprocal(VarVector x) => 1 / x;

        /// <summary>1 / x, of each element.</summary>
        public static VarMatrix Reciprocal(VarMatrix x) => (VarMatrix)1.0 / x;

        /// <summary>ψ₁(x), the derivative of the digamma function, of each element.</summary>
        public static VarVector Trigamma(VarVector x) => VarVector.Apply<Polygamma>((Var)1, x);

        /// <summary>ψ₁(x), the derivative of the digamma function, of each element.</summary>
        public static VarMatrix Trigamma(VarMatrix x) => VarMatrix.Apply<Polygamma>(1.0, x);

        /// <summary>ψₙ(x), the n-th derivative of the digamma function, for n ≥ 0, of each element.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The order is negative.</exception>
        public static VarVector Polygamma(int n, VarVector x) => OrderOf(n) == 0 ? Math.Digamma(x) : VarVector.Apply<Polygamma>((Var)n, x);

        /// <summary>ψₙ(x), the n-th derivative of the digamma function, for n ≥ 0, of each element.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The order is negative.</exception>
        public static VarMatrix Polygamma(int n, VarMatrix x) =>
            OrderOf(n) == 0 ? Math.Digamma(x) : VarMatrix.Apply<Polygamma>((double)n, x);

        /// <summary>sin x and cos x, of each element; two operations.</summary>
        public static (VarVector Sin, VarVector Cos) SinCos(VarVector x) => (Math.Sin(x), Math.Cos(x));

        /// <summary>sin x and cos x, of each element; two operations.</summary>
        public static (VarMatrix Sin, VarMatrix Cos) SinCos(VarMatrix x) => (Math.Sin(x), Math.Cos(x));
    }
}
