using System.Numerics;
using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

// .NET's function interfaces: each function is its elementwise rule.
public readonly partial struct Var :
    IExponentialFunctions<Var>, ILogarithmicFunctions<Var>, IPowerFunctions<Var>,
    IRootFunctions<Var>, ITrigonometricFunctions<Var>, IHyperbolicFunctions<Var>
{
    static Var IFloatingPointConstants<Var>.E => Constant(Math.E);

    static Var IFloatingPointConstants<Var>.Pi => Constant(Math.PI);

    static Var IFloatingPointConstants<Var>.Tau => Constant(Math.Tau);

    static Var IExponentialFunctions<Var>.Exp(Var x) => Apply<Exp>(x);

    static Var IExponentialFunctions<Var>.Exp2(Var x) => Apply<Exp2>(x);

    static Var IExponentialFunctions<Var>.Exp10(Var x) => Apply<Exp10>(x);

    static Var IExponentialFunctions<Var>.ExpM1(Var x) => Apply<ExpM1>(x);

    static Var IExponentialFunctions<Var>.Exp2M1(Var x) => GenericNumber.Exp2M1(x);

    static Var IExponentialFunctions<Var>.Exp10M1(Var x) => GenericNumber.Exp10M1(x);

    static Var ILogarithmicFunctions<Var>.Log(Var x) => Apply<Log>(x);

    static Var ILogarithmicFunctions<Var>.Log2(Var x) => Apply<Log2>(x);

    static Var ILogarithmicFunctions<Var>.Log10(Var x) => Apply<Log10>(x);

    static Var ILogarithmicFunctions<Var>.LogP1(Var x) => Apply<LogP1>(x);

    static Var ILogarithmicFunctions<Var>.Log2P1(Var x) => Apply<LogP1>(x) / GenericNumber.Ln2;

    static Var ILogarithmicFunctions<Var>.Log10P1(Var x) => Apply<LogP1>(x) / GenericNumber.Ln10;

    static Var ILogarithmicFunctions<Var>.Log(Var x, Var newBase) => Apply<Log>(x) / Apply<Log>(newBase);

    static Var IPowerFunctions<Var>.Pow(Var x, Var y) => Apply<Pow>(x, y);

    static Var IRootFunctions<Var>.Sqrt(Var x) => Apply<Sqrt>(x);

    static Var IRootFunctions<Var>.Cbrt(Var x) => Apply<Cbrt>(x);

    static Var IRootFunctions<Var>.Hypot(Var x, Var y) => Apply<Hypot>(x, y);

    static Var IRootFunctions<Var>.RootN(Var x, int n) => GenericNumber.RootN(x, n);

    static Var ITrigonometricFunctions<Var>.Sin(Var x) => Apply<Sin>(x);

    static Var ITrigonometricFunctions<Var>.Cos(Var x) => Apply<Cos>(x);

    static Var ITrigonometricFunctions<Var>.Tan(Var x) => Apply<Tan>(x);

    static Var ITrigonometricFunctions<Var>.Asin(Var x) => Apply<Asin>(x);

    static Var ITrigonometricFunctions<Var>.Acos(Var x) => Apply<Acos>(x);

    static Var ITrigonometricFunctions<Var>.Atan(Var x) => Apply<Atan>(x);

    static Var ITrigonometricFunctions<Var>.SinPi(Var x) => Apply<SinPi>(x);

    static Var ITrigonometricFunctions<Var>.CosPi(Var x) => Apply<CosPi>(x);

    static Var ITrigonometricFunctions<Var>.TanPi(Var x) => Apply<SinPi>(x) / Apply<CosPi>(x);

    static Var ITrigonometricFunctions<Var>.AsinPi(Var x) => Apply<Asin>(x) / Math.PI;

    static Var ITrigonometricFunctions<Var>.AcosPi(Var x) => Apply<Acos>(x) / Math.PI;

    static Var ITrigonometricFunctions<Var>.AtanPi(Var x) => Apply<Atan>(x) / Math.PI;

    static (Var Sin, Var Cos) ITrigonometricFunctions<Var>.SinCos(Var x) => (Apply<Sin>(x), Apply<Cos>(x));

    static (Var SinPi, Var CosPi) ITrigonometricFunctions<Var>.SinCosPi(Var x) => (Apply<SinPi>(x), Apply<CosPi>(x));

    static Var IHyperbolicFunctions<Var>.Sinh(Var x) => Apply<Sinh>(x);

    static Var IHyperbolicFunctions<Var>.Cosh(Var x) => Apply<Cosh>(x);

    static Var IHyperbolicFunctions<Var>.Tanh(Var x) => Apply<Tanh>(x);

    static Var IHyperbolicFunctions<Var>.Asinh(Var x) => Apply<Asinh>(x);

    static Var IHyperbolicFunctions<Var>.Acosh(Var x) => Apply<Acosh>(x);

    static Var IHyperbolicFunctions<Var>.Atanh(Var x) => Apply<Atanh>(x);
}
