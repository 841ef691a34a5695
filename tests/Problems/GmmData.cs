namespace AutoDiff.Problems;

/// <summary>
/// Points, priors and start of a Gaussian mixture. Parameters: K alphas, K means of D elements, then for each component
/// D log diagonals q and D(D−1)/2 subdiagonal elements l, column by column, of the lower triangular Q = lower(l) + diag(e^q).
/// </summary>
public sealed class GmmData
{
    /// <summary>π as the reference implementation writes it.</summary>
    private const double Pi = 3.14159265359;

    private readonly double[] _points, _start;

    /// <summary>Reads the text of an ADBench input.</summary>
    public GmmData(TextReader text)
        : this(new TokenReader(text))
    {
    }

    private GmmData(TokenReader tokens)
    {
        Dimension = tokens.Integer();
        ComponentCount = tokens.Integer();
        PointCount = tokens.Integer();
        _start = tokens.Numbers(ParameterCount);
        _points = tokens.Numbers(PointCount * Dimension);
        Gamma = tokens.Number();
        ExtraFreedom = tokens.Integer();
        tokens.End();
        Constant = NormalizingConstant();
    }

    /// <summary>1000 points in 2 dimensions, 5 components: 30 parameters.</summary>
    public static GmmData LoadD2K5() => new(TokenReader.OfResource("gmm_d2_K5.txt"));

    /// <summary>1000 points in 10 dimensions, 25 components: 1650 parameters.</summary>
    public static GmmData LoadD10K25() => new(TokenReader.OfResource("gmm_d10_K25.txt"));

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>K.</summary>
    public int ComponentCount { get; }

    /// <summary>N.</summary>
    public int PointCount { get; }

    /// <summary>The Wishart prior's γ.</summary>
    public double Gamma { get; }

    /// <summary>The Wishart prior's m: its degrees of freedom beyond D + 1.</summary>
    public int ExtraFreedom { get; }

    /// <summary>−½ND ln(2π) − K·C, C being the Wishart prior's log normalization: what does not depend on the parameters.</summary>
    public double Constant { get; }

    /// <summary>D(D−1)/2.</summary>
    public int LowerCount => Dimension * (Dimension - 1) / 2;

    /// <summary>K(1 + D + D + D(D−1)/2).</summary>
    public int ParameterCount => ComponentCount * (1 + 2 * Dimension + LowerCount);

    /// <summary>All points, one after the other.</summary>
    public ReadOnlySpan<double> Points => _points;

    /// <summary>Point i.</summary>
    public ReadOnlySpan<double> Point(int i) => _points.AsSpan(i * Dimension, Dimension);

    /// <summary>The file's parameters.</summary>
    public double[] Start() => [.. _start];

    /// <summary>Where the mean of component k starts among the parameters.</summary>
    public int MeanOffset(int k) => ComponentCount + k * Dimension;

    /// <summary>Where the log diagonal of component k starts among the parameters.</summary>
    public int LogDiagonalOffset(int k) => ComponentCount * (1 + Dimension) + k * (Dimension + LowerCount);

    /// <summary>Where the subdiagonal elements of component k start among the parameters.</summary>
    public int LowerOffset(int k) => LogDiagonalOffset(k) + Dimension;

    private double NormalizingConstant()
    {
        int freedom = Dimension + ExtraFreedom + 1;
        double wishart = freedom * Dimension * (Math.Log(Gamma) - 0.5 * Math.Log(2)) - LogMultivariateGamma(freedom, Dimension);
        return -0.5 * PointCount * Dimension * Math.Log(2 * Pi) - ComponentCount * wishart;
    }

    /// <summary>lnΓ_D(n/2) = ¼D(D−1) ln π + Σ_{j=0}^{D−1} lnΓ((n − j)/2).</summary>
    private static double LogMultivariateGamma(int n, int dimension)
    {
        double sum = 0.25 * dimension * (dimension - 1) * Math.Log(Pi);
        for (int j = 0; j < dimension; j++) sum += LogGammaOfHalf(n - j);
        return sum;
    }

    /// <summary>lnΓ(n/2) by Γ(z + 1) = zΓ(z) from Γ(1) = 1 or Γ(½) = √π.</summary>
    private static double LogGammaOfHalf(int n)
    {
        double sum = n % 2 == 0 ? 0 : 0.5 * Math.Log(Math.PI);
        for (int twice = 2 - n % 2; twice < n; twice += 2) sum += Math.Log(0.5 * twice);
        return sum;
    }
}
