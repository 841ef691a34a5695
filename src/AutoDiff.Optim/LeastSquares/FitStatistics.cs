using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim;

/// <summary>
/// What regression reports about a fit: with the Jacobian J of the residuals r at the fitted parameters, s² = ‖r‖²/(m − rank J) estimates
/// the variance of an observation and s²·(JᵀJ)⁻¹ the covariance of the parameters, to first order, for independent errors of equal
/// variance.
/// </summary>
/// <remarks>
/// From the QR decomposition of J, never by forming JᵀJ; columns are scaled first, so that units do not matter. Where the data do not
/// determine a parameter, its variance is infinite and its covariances are NaN. Immutable; safe to share between threads. See D. M.
/// Bates, D. G. Watts, Nonlinear Regression Analysis, 1988, section 2.2.
/// </remarks>
public sealed class FitStatistics
{
    // A parameter takes part in an undetermined combination if its share of it is above the rounding of the decomposition.
    private const double Share = 1e-10;

    private readonly double[,] _covariance;

    private FitStatistics(double[] residuals, double[,] jacobian)
    {
        PivotedQr qr = new(jacobian);
        Observations = residuals.Length;
        Parameters = jacobian.GetLength(1);
        Rank = qr.Rank;
        double norm = Vectors.Norm(residuals);
        SumOfSquares = norm * norm;
        ResidualStandardDeviation = norm / Math.Sqrt(DegreesOfFreedom);
        _covariance = Covariances(qr, ResidualStandardDeviation);
        StandardErrors = [.. Enumerable.Range(0, Parameters).Select(j => Math.Sqrt(_covariance[j, j]))];
        ConditionNumber = DenseSingularValues.ConditionNumber(qr);
    }

    /// <summary>The statistics of the residuals at <paramref name="x"/>; one evaluation and one Jacobian.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="residuals"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="x"/> is empty, or there are no residuals.</exception>
    /// <exception cref="ArithmeticException">A residual or an element of the Jacobian is not finite.</exception>
    public static FitStatistics Of(VectorFunction residuals, ReadOnlySpan<double> x)
    {
        ArgumentNullException.ThrowIfNull(residuals);
        using JacobianOperator at = residuals.At(x);
        double[] r = at.Value.ToArray();
        double[,] jacobian = at.ToDense();
        if (jacobian.Length == 0)
            throw new ArgumentException(
                $"There are {r.Length} residuals and {x.Length} parameters; a fit has at least one of each.", nameof(x));
        if (!Vectors.AreFinite(r))
            throw new ArithmeticException("A residual is not finite at this point; statistics belong to a fit, where all are.");
        foreach (double element in jacobian)
        {
            if (!double.IsFinite(element))
                throw new ArithmeticException(
                    $"The Jacobian has the element {element} at this point; statistics belong to a fit, where all are finite.");
        }
        return new FitStatistics(r, jacobian);
    }

    /// <summary>m.</summary>
    public int Observations { get; }

    /// <summary>n.</summary>
    public int Parameters { get; }

    /// <summary>The numerical rank of J: n if the data determine all parameters.</summary>
    public int Rank { get; }

    /// <summary>m − rank J.</summary>
    public int DegreesOfFreedom => Observations - Rank;

    /// <summary>‖r‖², twice the value that <see cref="LevenbergMarquardt"/> minimizes.</summary>
    public double SumOfSquares { get; }

    /// <summary>s = ‖r‖/√(m − rank J), in the units of the residuals; NaN or infinite without degrees of freedom.</summary>
    public double ResidualStandardDeviation { get; }

    /// <summary>The square roots of the parameters' variances; infinite where the data do not determine a parameter.</summary>
    public IReadOnlyList<double> StandardErrors { get; }

    /// <summary>σ_max/σ_min of J with its columns scaled to norms in [1, 2); infinite if J has not full rank.</summary>
    public double ConditionNumber { get; }

    /// <summary>The covariance of two parameters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such parameter.</exception>
    public double Covariance(int i, int j) => _covariance[Checked(i, nameof(i)), Checked(j, nameof(j))];

    /// <summary>The correlation of two parameters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such parameter.</exception>
    public double Correlation(int i, int j) => Covariance(i, j) / StandardErrors[i] / StandardErrors[j];

    /// <summary>The fit's figures in a line.</summary>
    public override string ToString() =>
        $"{Observations} observations, {Parameters} parameters, rank {Rank}: s = {ResidualStandardDeviation:G6}, standard errors {string.Join(", ", StandardErrors.Select(e => e.ToString("G4")))}";

    private int Checked(int parameter, string name) => (uint)parameter < (uint)Parameters
        ? parameter
        : throw new ArgumentOutOfRangeException(
            name, parameter, $"There is no parameter {parameter}; there are {Parameters}, counted from 0.");

    // With J·E·P = Q·[R₁₁ R₁₂; 0 0], the columns of P·[−R₁₁⁻¹R₁₂; I] span what the data do not determine, and P·R₁₁⁻¹R₁₁⁻ᵀ·Pᵀ gives the
    // variances of what they do.
    private static double[,] Covariances(PivotedQr qr, double s)
    {
        int n = qr.Columns, rank = qr.Rank;
        double[,] inverse = qr.InverseOfLeading(), covariance = new double[n, n];
        bool[] isDetermined = new bool[n];
        for (int i = 0; i < rank; i++)
        {
            isDetermined[i] = true;
            for (int j = rank; j < n; j++)
            {
                double component = 0;
                for (int k = i; k < rank; k++)
                    component += inverse[i, k] * qr.R(k, j);
                isDetermined[i] &= Math.Abs(component) <= Share;
            }
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                int p = qr.Pivot[i], q = qr.Pivot[j];
                double product = i == j ? double.PositiveInfinity : double.NaN;
                if (isDetermined[i] && isDetermined[j])
                {
                    product = 0;
                    for (int k = i; k < rank; k++)
                        product += inverse[i, k] * inverse[j, k];
                    product = s * qr.Scale[p] * product * (s * qr.Scale[q]);
                }
                covariance[p, q] = covariance[q, p] = product;
            }
        }
        return covariance;
    }
}
