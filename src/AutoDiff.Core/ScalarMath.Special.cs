using AutoDiff.Rules;

namespace AutoDiff;

// What System.Math lacks.
public static partial class ScalarMath
{
    extension(Math)
    {
        /// <summary>ψ(x) = d/dx ln Γ(x).</summary>
        public static T Digamma<T>(T x) where T : struct, IScalar<T> => T.Apply<Digamma>(x);

        /// <summary>The error function 2/√π ∫₀ˣ e^−t² dt; smooth.</summary>
        public static T Erf<T>(T x) where T : struct, IScalar<T> => T.Apply<Erf>(x);

        /// <summary>1 − erf x, accurate in its tail; smooth.</summary>
        public static T Erfc<T>(T x) where T : struct, IScalar<T> => T.Apply<Erfc>(x);

        /// <summary>10ˣ; smooth.</summary>
        public static T Exp10<T>(T x) where T : struct, IScalar<T> => T.Apply<Exp10>(x);

        /// <summary>2ˣ; smooth.</summary>
        public static T Exp2<T>(T x) where T : struct, IScalar<T> => T.Apply<Exp2>(x);

        /// <summary>eˣ − 1, accurate near 0; smooth.</summary>
        public static T ExpM1<T>(T x) where T : struct, IScalar<T> => T.Apply<ExpM1>(x);

        /// <summary>x Φ(x), the exact Gaussian error linear unit; smooth.</summary>
        public static T Gelu<T>(T x) where T : struct, IScalar<T> => T.Apply<Gelu>(x);

        /// <summary>ln |Γ(x)|.</summary>
        public static T LogGamma<T>(T x) where T : struct, IScalar<T> => T.Apply<LogGamma>(x);

        /// <summary>ln Φ(x), accurate in both tails; smooth.</summary>
        public static T LogNormalCdf<T>(T x) where T : struct, IScalar<T> => T.Apply<LogNormalCdf>(x);

        /// <summary>ln(1 + x), accurate near 0, for x > −1.</summary>
        public static T LogP1<T>(T x) where T : struct, IScalar<T> => T.Apply<LogP1>(x);

        /// <summary>ln(1 / (1 + e⁻ˣ)); smooth.</summary>
        public static T LogSigmoid<T>(T x) where T : struct, IScalar<T> => T.Apply<LogSigmoid>(x);

        /// <summary>Φ(x), the standard normal distribution function; smooth.</summary>
        public static T NormalCdf<T>(T x) where T : struct, IScalar<T> => T.Apply<NormalCdf>(x);

        /// <summary>max(x, 0); derivative 0 at 0.</summary>
        public static T Relu<T>(T x) where T : struct, IScalar<T> => T.Apply<Relu>(x);

        /// <summary>1 / (1 + e⁻ˣ); smooth.</summary>
        public static T Sigmoid<T>(T x) where T : struct, IScalar<T> => T.Apply<Sigmoid>(x);

        /// <summary>x / (1 + e⁻ˣ); smooth.</summary>
        public static T Silu<T>(T x) where T : struct, IScalar<T> => T.Apply<Silu>(x);

        /// <summary>ln(1 + eˣ), without overflow; smooth.</summary>
        public static T Softplus<T>(T x) where T : struct, IScalar<T> => T.Apply<Softplus>(x);

        /// <summary>x²; smooth.</summary>
        public static T Square<T>(T x) where T : struct, IScalar<T> => T.Apply<Square>(x);

        /// <summary>x, held constant by every differentiation.</summary>
        public static T StopGradient<T>(T x) where T : struct, IScalar<T> => T.Apply<StopGradient>(x);
    }
}
