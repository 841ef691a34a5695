using System.Numerics;
using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// .NET's function interfaces: each function is its elementwise rule.
public readonly partial struct Dual<T> :
    IExponentialFunctions<Dual<T>>, ILogarithmicFunctions<Dual<T>>, IPowerFunctions<Dual<T>>,
    IRootFunctions<Dual<T>>, ITrigonometricFunctions<Dual<T>>, IHyperbolicFunctions<Dual<T>>
{
    static Dual<T> IFloatingPointConstants<Dual<T>>.E => Constant(Math.E);

    static Dual<T> IFloatingPointConstants<Dual<T>>.Pi => Constant(Math.PI);

    static Dual<T> IFloatingPointConstants<Dual<T>>.Tau => Constant(Math.Tau);

    static Dual<T> IExponentialFunctions<Dual<T>>.Exp(Dual<T> x) => Apply<Exp>(x);

    static Dual<T> IExponentialFunctions<Dual<T>>.Exp2(Dual<T> x) => Apply<Exp2>(x);

    static Dual<T> IExponentialFunctions<Dual<T>>.Exp10(Dual<T> x) => Apply<Exp10>(x);

    static Dual<T> IExponentialFunctions<Dual<T>>.ExpM1(Dual<T> x) => Apply<ExpM1>(x);

    static Dual<T> IExponentialFunctions<Dual<T>>.Exp2M1(Dual<T> x) => GenericNumber.Exp2M1(x);

    static Dual<T> IExponentialFunctions<Dual<T>>.Exp10M1(Dual<T> x) => GenericNumber.Exp10M1(x);

    static Dual<T> ILogarithmicFunctions<Dual<T>>.Log(Dual<T> x) => Apply<Log>(x);

    static Dual<T> ILogarithmicFunctions<Dual<T>>.Log2(Dual<T> x) => Apply<Log2>(x);

    static Dual<T> ILogarithmicFunctions<Dual<T>>.Log10(Dual<T> x) => Apply<Log10>(x);

    static Dual<T> ILogarithmicFunctions<Dual<T>>.LogP1(Dual<T> x) => Apply<LogP1>(x);

    static Dual<T> ILogarithmicFunctions<Dual<T>>.Log2P1(Dual<T> x) => Apply<LogP1>(x) / GenericNumber.Ln2;

    static Dual<T> ILogarithmicFunctions<Dual<T>>.Log10P1(Dual<T> x) => Apply<LogP1>(x) / GenericNumber.Ln10;

    static Dual<T> ILogarithmicFunctions<Dual<T>>.Log(Dual<T> x, Dual<T> newBase) => Apply<Log>(x) / Apply<Log>(newBase);

    static Dual<T> IPowerFunctions<Dual<T>>.Pow(Dual<T> x, Dual<T> y) => Apply<Pow>(x, y);

    static Dual<T> IRootFunctions<Dual<T>>.Sqrt(Dual<T> x) => Apply<Sqrt>(x);

    static Dual<T> IRootFunctions<Dual<T>>.Cbrt(Dual<T> x) => Apply<Cbrt>(x);

    static Dual<T> IRootFunctions<Dual<T>>.Hypot(Dual<T> x, Dual<T> y) => Apply<Hypot>(x, y);

    static Dual<T> IRootFunctions<Dual<T>>.RootN(Dual<T> x, int n) => GenericNumber.RootN(x, n);

    static Dual<T> ITrigonometricFunctions<Dual<T>>.Sin(Dual<T> x) => Apply<Sin>(x);

    static Dual<T> ITrigonometricFunctions<Dual<T>>.Cos(Dual<T> x) => Apply<Cos>(x);

    static Dual<T> ITrigonometricFunctions<Dual<T>>.Tan(Dual<T> x) => Apply<Tan>(x);

    static Dual<T> ITrigonometricFunctions<Dual<T>>.Asin(Dual<T> x) => Apply<Asin>(x);

    static Dual<T> ITrigonometricFunctions<Dual<T>>.Acos(Dual<T> x) => Apply<Acos>(x);

    static Dual<T> ITrigonometricFunctions<Dual<T>>.Atan(Dual<T> x) => Apply<Atan>(x);

    static Dual<T> ITrigonometricFunctions<Dual<T>>.SinPi(Dual<T> x) => Apply<SinPi>(x);

    static Dual<T> ITrigonometricFunctions<Dual<T>>.CosPi(Dual<T> x) => Apply<CosPi>(x);

    static Dual<T> ITrigonometricFunctions<Dual<T>>.TanPi(Dual<T> x) => Apply<SinPi>(x) / Apply<CosPi>(x);

    static Dual<T> ITrigonometricFunctions<Dual<T>>.AsinPi(Dual<T> x) => Apply<Asin>(x) / Math.PI;

    static Dual<T> ITrigonometricFunctions<Dual<T>>.AcosPi(Dual<T> x) => Apply<Acos>(x) / Math.PI;

    static Dual<T> ITrigonometricFunctions<Dual<T>>.AtanPi(Dual<T> x) => Apply<Atan>(x) / Math.PI;

    static (Dual<T> Sin, Dual<T> Cos) ITrigonometricFunctions<Dual<T>>.SinCos(Dual<T> x) => (Apply<Sin>(x), Apply<Cos>(x));

    static (Dual<T> SinPi, Dual<T> CosPi) ITrigonometricFunctions<Dual<T>>.SinCosPi(Dual<T> x) => (Apply<SinPi>(x), Apply<CosPi>(x));

    static Dual<T> IHyperbolicFunctions<Dual<T>>.Sinh(Dual<T> x) => Apply<Sinh>(x);

    static Dual<T> IHyperbolicFunctions<Dual<T>>.Cosh(Dual<T> x) => Apply<Cosh>(x);

    static Dual<T> IHyperbolicFunctions<Dual<T>>.Tanh(Dual<T> x) => Apply<Tanh>(x);

    static Dual<T> IHyperbolicFunctions<Dual<T>>.Asinh(Dual<T> x) => Apply<Asinh>(x);

    static Dual<T> IHyperbolicFunctions<Dual<T>>.Acosh(Dual<T> x) => Apply<Acosh>(x);

    static Dual<T> IHyperbolicFunctions<Dual<T>>.Atanh(Dual<T> x) => Apply<Atanh>(x);
}
