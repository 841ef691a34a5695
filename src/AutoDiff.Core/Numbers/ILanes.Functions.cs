namespace AutoDiff;

/// <content>Functions that have a vector kernel of their own, for the vector forms of rules.</content>
public partial interface ILanes<TSelf>
{
    /// <summary>eˣ.</summary>
    internal static new abstract TSelf Exp(TSelf x);

    /// <summary>eˣ − 1.</summary>
    internal static abstract TSelf ExpM1(TSelf x);

    /// <summary>2ˣ.</summary>
    internal static abstract TSelf Exp2(TSelf x);

    /// <summary>10ˣ.</summary>
    internal static abstract TSelf Exp10(TSelf x);

    /// <summary>log x.</summary>
    internal static new abstract TSelf Log(TSelf x);

    /// <summary>log(1 + x).</summary>
    internal static abstract TSelf LogP1(TSelf x);

    /// <summary>log₂ x.</summary>
    internal static abstract TSelf Log2(TSelf x);

    /// <summary>log₁₀ x.</summary>
    internal static abstract TSelf Log10(TSelf x);

    /// <summary>sin x.</summary>
    internal static new abstract TSelf Sin(TSelf x);

    /// <summary>cos x.</summary>
    internal static new abstract TSelf Cos(TSelf x);

    /// <summary>tan x.</summary>
    internal static abstract TSelf Tan(TSelf x);

    /// <summary>sin πx.</summary>
    internal static abstract TSelf SinPi(TSelf x);

    /// <summary>cos πx.</summary>
    internal static abstract TSelf CosPi(TSelf x);

    /// <summary>arcsin x.</summary>
    internal static abstract TSelf Asin(TSelf x);

    /// <summary>arccos x.</summary>
    internal static abstract TSelf Acos(TSelf x);

    /// <summary>arctan x.</summary>
    internal static abstract TSelf Atan(TSelf x);

    /// <summary>sinh x.</summary>
    internal static new abstract TSelf Sinh(TSelf x);

    /// <summary>cosh x.</summary>
    internal static new abstract TSelf Cosh(TSelf x);

    /// <summary>tanh x.</summary>
    internal static new abstract TSelf Tanh(TSelf x);

    /// <summary>arsinh x.</summary>
    internal static abstract TSelf Asinh(TSelf x);

    /// <summary>arcosh x.</summary>
    internal static abstract TSelf Acosh(TSelf x);

    /// <summary>artanh x.</summary>
    internal static abstract TSelf Atanh(TSelf x);

    /// <summary>∛x.</summary>
    internal static abstract TSelf Cbrt(TSelf x);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    internal static new abstract TSelf Sigmoid(TSelf x);

    /// <summary>log σ(x).</summary>
    internal static abstract TSelf LogSigmoid(TSelf x);

    /// <summary>log(1 + eˣ).</summary>
    internal static abstract TSelf Softplus(TSelf x);

    /// <summary>x·σ(x).</summary>
    internal static abstract TSelf Silu(TSelf x);

    /// <summary>x·Φ(x).</summary>
    internal static abstract TSelf Gelu(TSelf x);

    /// <summary>1/cosh² x.</summary>
    internal static abstract TSelf SechSquared(TSelf x);

    /// <summary>e^−x².</summary>
    internal static abstract TSelf Gaussian(TSelf x);

    /// <summary>φ(x), the standard normal density.</summary>
    internal static abstract TSelf NormalDensity(TSelf x);

    /// <summary>erf x.</summary>
    internal static abstract TSelf Erf(TSelf x);

    /// <summary>1 − erf x.</summary>
    internal static abstract TSelf Erfc(TSelf x);

    /// <summary>eˣ²·erfc x.</summary>
    internal static abstract TSelf Erfcx(TSelf x);

    /// <summary>Φ(x).</summary>
    internal static abstract TSelf NormalCdf(TSelf x);

    /// <summary>log Φ(x).</summary>
    internal static abstract TSelf LogNormalCdf(TSelf x);

    /// <summary>φ(x)/Φ(x).</summary>
    internal static abstract TSelf InverseMillsRatio(TSelf x);

    /// <summary>log |Γ(x)|.</summary>
    internal static abstract TSelf LogGamma(TSelf x);

    /// <summary>ψ(x).</summary>
    internal static abstract TSelf Digamma(TSelf x);

    /// <summary>xʸ.</summary>
    internal static new abstract TSelf Pow(TSelf x, TSelf y);

    /// <summary>The angle of the point with ordinate x and abscissa y.</summary>
    internal static abstract TSelf Atan2(TSelf x, TSelf y);

    /// <summary>√(x² + y²).</summary>
    internal static abstract TSelf Hypot(TSelf x, TSelf y);

    /// <summary>log(eˣ + eʸ).</summary>
    internal static abstract TSelf LogAddExp(TSelf x, TSelf y);
}
