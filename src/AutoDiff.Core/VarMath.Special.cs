using AutoDiff.Kernels;
using AutoDiff.Rules;

namespace AutoDiff;

// What System.Math lacks, for differentiated and plain numbers alike.
public static partial class VarMath
{
    extension(Math)
    {
        /// <summary>ψ(x) = d/dx ln Γ(x).</summary>
        public static T Digamma<T>(T x) where T : struct, IScalar<T> => T.Apply<Digamma>(x);

        /// <summary>ψ(x) = d/dx ln Γ(x).</summary>
        public static double Digamma(double x) => Rules.Digamma.Value(x);

        /// <summary>The error function 2/√π ∫₀ˣ e^−t² dt; smooth.</summary>
        public static T Erf<T>(T x) where T : struct, IScalar<T> => T.Apply<Erf>(x);

        /// <summary>The error function 2/√π ∫₀ˣ e^−t² dt; smooth.</summary>
        public static double Erf(double x) => Rules.Erf.Value(x);

        /// <summary>1 − erf x, accurate in its tail; smooth.</summary>
        public static T Erfc<T>(T x) where T : struct, IScalar<T> => T.Apply<Erfc>(x);

        /// <summary>1 − erf x, accurate in its tail; smooth.</summary>
        public static double Erfc(double x) => Rules.Erfc.Value(x);

        /// <summary>10ˣ; smooth.</summary>
        public static T Exp10<T>(T x) where T : struct, IScalar<T> => T.Apply<Exp10>(x);

        /// <summary>10ˣ; smooth.</summary>
        public static double Exp10(double x) => Rules.Exp10.Value(x);

        /// <summary>2ˣ; smooth.</summary>
        public static T Exp2<T>(T x) where T : struct, IScalar<T> => T.Apply<Exp2>(x);

        /// <summary>2ˣ; smooth.</summary>
        public static double Exp2(double x) => Rules.Exp2.Value(x);

        /// <summary>eˣ − 1, accurate near 0; smooth.</summary>
        public static T ExpM1<T>(T x) where T : struct, IScalar<T> => T.Apply<ExpM1>(x);

        /// <summary>eˣ − 1, accurate near 0; smooth.</summary>
        public static double ExpM1(double x) => Rules.ExpM1.Value(x);

        /// <summary>x Φ(x), the exact Gaussian error linear unit; smooth.</summary>
        public static T Gelu<T>(T x) where T : struct, IScalar<T> => T.Apply<Gelu>(x);

        /// <summary>x Φ(x), the exact Gaussian error linear unit; smooth.</summary>
        public static double Gelu(double x) => Rules.Gelu.Value(x);

        /// <summary>ln |Γ(x)|.</summary>
        public static T LogGamma<T>(T x) where T : struct, IScalar<T> => T.Apply<LogGamma>(x);

        /// <summary>ln |Γ(x)|.</summary>
        public static double LogGamma(double x) => Rules.LogGamma.Value(x);

        /// <summary>ln Φ(x), accurate in both tails; smooth.</summary>
        public static T LogNormalCdf<T>(T x) where T : struct, IScalar<T> => T.Apply<LogNormalCdf>(x);

        /// <summary>ln Φ(x), accurate in both tails; smooth.</summary>
        public static double LogNormalCdf(double x) => Rules.LogNormalCdf.Value(x);

        /// <summary>ln(1 + x) for x > −1, accurate near 0.</summary>
        public static T LogP1<T>(T x) where T : struct, IScalar<T> => T.Apply<LogP1>(x);

        /// <summary>ln(1 + x) for x > −1, accurate near 0.</summary>
        public static double LogP1(double x) => Rules.LogP1.Value(x);

        /// <summary>−ln(1 + e⁻ˣ), without overflow; smooth.</summary>
        public static T LogSigmoid<T>(T x) where T : struct, IScalar<T> => T.Apply<LogSigmoid>(x);

        /// <summary>−ln(1 + e⁻ˣ), without overflow; smooth.</summary>
        public static double LogSigmoid(double x) => Rules.LogSigmoid.Value(x);

        /// <summary>The normal distribution function Φ(x), accurate in its lower tail; smooth.</summary>
        public static T NormalCdf<T>(T x) where T : struct, IScalar<T> => T.Apply<NormalCdf>(x);

        /// <summary>The normal distribution function Φ(x), accurate in its lower tail; smooth.</summary>
        public static double NormalCdf(double x) => Rules.NormalCdf.Value(x);

        /// <summary>max(x, 0); derivative 0 at 0.</summary>
        public static T Relu<T>(T x) where T : struct, IScalar<T> => T.Apply<Relu>(x);

        /// <summary>max(x, 0); derivative 0 at 0.</summary>
        public static double Relu(double x) => Rules.Relu.Value(x);

        /// <summary>1 / (1 + e⁻ˣ), the logistic function, without overflow; smooth.</summary>
        public static T Sigmoid<T>(T x) where T : struct, IScalar<T> => T.Apply<Sigmoid>(x);

        /// <summary>1 / (1 + e⁻ˣ), the logistic function, without overflow; smooth.</summary>
        public static double Sigmoid(double x) => Rules.Sigmoid.Value(x);

        /// <summary>x / (1 + e⁻ˣ), without overflow; smooth.</summary>
        public static T Silu<T>(T x) where T : struct, IScalar<T> => T.Apply<Silu>(x);

        /// <summary>x / (1 + e⁻ˣ), without overflow; smooth.</summary>
        public static double Silu(double x) => Rules.Silu.Value(x);

        /// <summary>ln(1 + eˣ), without overflow; smooth.</summary>
        public static T Softplus<T>(T x) where T : struct, IScalar<T> => T.Apply<Softplus>(x);

        /// <summary>ln(1 + eˣ), without overflow; smooth.</summary>
        public static double Softplus(double x) => Rules.Softplus.Value(x);

        /// <summary>√(x² + y²), without overflow; derivatives 0 at the origin.</summary>
        public static double Hypot(double x, double y) => Rules.Hypot.Value(x, y);

        /// <summary>ln(eˣ + eʸ), without overflow; smooth.</summary>
        public static double LogAddExp(double x, double y) => Rules.LogAddExp.Value(x, y);

        /// <summary>1 / x.</summary>
        public static T Reciprocal<T>(T x) where T : struct, IScalar<T> => 1 / x;

        /// <summary>1 / x.</summary>
        public static double Reciprocal(double x) => 1 / x;

        /// <summary>x².</summary>
        public static T Square<T>(T x) where T : struct, IScalar<T> => T.Square(x);

        /// <summary>x².</summary>
        public static double Square(double x) => x * x;

        /// <summary>x, held constant by every differentiation.</summary>
        public static T StopGradient<T>(T x) where T : struct, IScalar<T> => T.Apply<StopGradient>(x);

        /// <summary>x, held constant by every differentiation.</summary>
        public static double StopGradient(double x) => x;

        /// <summary>ψ₁(x), the derivative of the digamma function.</summary>
        public static T Trigamma<T>(T x) where T : struct, IScalar<T> => T.Apply<Polygamma>(T.Constant(1), x);

        /// <summary>ψ₁(x), the derivative of the digamma function.</summary>
        public static double Trigamma(double x) => Rules.Polygamma.Value(1, x);

        /// <summary>ψₙ(x), the n-th derivative of the digamma function, for n ≥ 0.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The order is negative.</exception>
        public static T Polygamma<T>(int n, T x) where T : struct, IScalar<T> =>
            OrderOf(n) == 0 ? Math.Digamma(x) : T.Apply<Polygamma>(T.Constant(n), x);

        /// <summary>ψₙ(x), the n-th derivative of the digamma function, for n ≥ 0.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The order is negative.</exception>
        public static double Polygamma(int n, double x) => OrderOf(n) == 0 ? Math.Digamma(x) : Rules.Polygamma.Value(n, x);

        /// <summary>One of two values, both already computed; a derivative that is infinite on the side not taken does no harm.</summary>
        public static Var Where(bool condition, Var whenTrue, Var whenFalse) => condition ? whenTrue : whenFalse;

        /// <summary>One of two values.</summary>
        public static double Where(bool condition, double whenTrue, double whenFalse) => condition ? whenTrue : whenFalse;

        /// <summary>One of two values, of which only that one is computed and recorded.</summary>
        /// <exception cref="ArgumentNullException">A function is null.</exception>
        public static Var Where(bool condition, Func<Var> whenTrue, Func<Var> whenFalse)
        {
            ArgumentNullException.ThrowIfNull(whenTrue);
            ArgumentNullException.ThrowIfNull(whenFalse);
            return condition ? whenTrue() : whenFalse();
        }
    }

    private static int OrderOf(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return n;
    }
}
