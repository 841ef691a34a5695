using AutoDiff.Rules;

namespace AutoDiff;

/// <summary>
/// <c>Math.</c> for the numbers that are differentiated: <c>Math.Sin(x)</c> records where x is a <see cref="Var"/>, a
/// <see cref="VarVector"/> or a <see cref="VarMatrix"/>, and carries derivatives along where it is a <see cref="Dual{T}"/> or a
/// <see cref="MultiDual"/>. Functions that System.Math lacks are there for <see cref="double"/> too, so that one spelling serves all. Under
/// <c>using static System.Math</c> add <c>using static AutoDiff.VarMath</c>.
/// </summary>
/// <remarks>
/// Each scalar function is its elementwise rule, evaluated once in the number type of its argument. Constants fold; otherwise each function
/// records one operation unless it says more. Values at kinks and poles are tabulated in docs/nonsmooth.md. All throw a
/// <see cref="VariableException"/> where a handle is misused, and a <see cref="NestingException"/> where dual numbers belong to different
/// differentiations. Pure; safe on any thread that may use the arguments.
/// </remarks>
public static partial class VarMath
{
    extension(Math)
    {
        /// <summary>|x|; derivative sign x, 0 at 0.</summary>
        public static T Abs<T>(T x) where T : struct, IScalar<T> => T.Apply<Abs>(x);

        /// <summary>arccos x, in [0, π]; infinite slope at ±1.</summary>
        public static T Acos<T>(T x) where T : struct, IScalar<T> => T.Apply<Acos>(x);

        /// <summary>arcosh x for x ≥ 1; infinite slope at 1.</summary>
        public static T Acosh<T>(T x) where T : struct, IScalar<T> => T.Apply<Acosh>(x);

        /// <summary>arcsin x, in [−π/2, π/2]; infinite slope at ±1.</summary>
        public static T Asin<T>(T x) where T : struct, IScalar<T> => T.Apply<Asin>(x);

        /// <summary>arsinh x; smooth.</summary>
        public static T Asinh<T>(T x) where T : struct, IScalar<T> => T.Apply<Asinh>(x);

        /// <summary>arctan x; smooth.</summary>
        public static T Atan<T>(T x) where T : struct, IScalar<T> => T.Apply<Atan>(x);

        /// <summary>artanh x for |x| &lt; 1.</summary>
        public static T Atanh<T>(T x) where T : struct, IScalar<T> => T.Apply<Atanh>(x);

        /// <summary>∛x; infinite slope at 0.</summary>
        public static T Cbrt<T>(T x) where T : struct, IScalar<T> => T.Apply<Cbrt>(x);

        /// <summary>⌈x⌉; derivative 0.</summary>
        public static T Ceiling<T>(T x) where T : struct, IScalar<T> => T.Apply<Ceiling>(x);

        /// <summary>cos x; smooth.</summary>
        public static T Cos<T>(T x) where T : struct, IScalar<T> => T.Apply<Cos>(x);

        /// <summary>cosh x; smooth.</summary>
        public static T Cosh<T>(T x) where T : struct, IScalar<T> => T.Apply<Cosh>(x);

        /// <summary>eˣ; smooth.</summary>
        public static T Exp<T>(T x) where T : struct, IScalar<T> => T.Apply<Exp>(x);

        /// <summary>⌊x⌋; derivative 0.</summary>
        public static T Floor<T>(T x) where T : struct, IScalar<T> => T.Apply<Floor>(x);

        /// <summary>ln x for x > 0.</summary>
        public static T Log<T>(T x) where T : struct, IScalar<T> => T.Apply<Log>(x);

        /// <summary>log₁₀ x for x > 0.</summary>
        public static T Log10<T>(T x) where T : struct, IScalar<T> => T.Apply<Log10>(x);

        /// <summary>log₂ x for x > 0.</summary>
        public static T Log2<T>(T x) where T : struct, IScalar<T> => T.Apply<Log2>(x);

        /// <summary>The integer nearest to x, the even one of two; derivative 0.</summary>
        public static T Round<T>(T x) where T : struct, IScalar<T> => T.Apply<Round>(x);

        /// <summary>−1, 0 or 1 as x is below, at or above zero; derivative 0.</summary>
        public static T Sign<T>(T x) where T : struct, IScalar<T> => T.Apply<Sign>(x);

        /// <summary>sin x; smooth.</summary>
        public static T Sin<T>(T x) where T : struct, IScalar<T> => T.Apply<Sin>(x);

        /// <summary>sinh x; smooth.</summary>
        public static T Sinh<T>(T x) where T : struct, IScalar<T> => T.Apply<Sinh>(x);

        /// <summary>√x; infinite slope at 0.</summary>
        public static T Sqrt<T>(T x) where T : struct, IScalar<T> => T.Apply<Sqrt>(x);

        /// <summary>tan x; poles at odd multiples of π/2.</summary>
        public static T Tan<T>(T x) where T : struct, IScalar<T> => T.Apply<Tan>(x);

        /// <summary>tanh x; smooth.</summary>
        public static T Tanh<T>(T x) where T : struct, IScalar<T> => T.Apply<Tanh>(x);

        /// <summary>x rounded towards zero; derivative 0.</summary>
        public static T Truncate<T>(T x) where T : struct, IScalar<T> => T.Apply<Truncate>(x);
    }
}
