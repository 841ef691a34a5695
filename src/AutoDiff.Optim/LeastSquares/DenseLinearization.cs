using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.LeastSquares;

/// <summary>The Jacobian as a matrix, factorized once however many radii are tried.</summary>
internal sealed class DenseLinearization : Linearization
{
    private readonly PivotedQr? _qr;
    private readonly double[] _transposedResiduals = [];

    public DenseLinearization(double[] residuals, double[,] jacobian, ReadOnlySpan<double> x)
        : base(residuals, jacobian.GetLength(1))
    {
        int n = Gradient.Length;
        for (int i = 0; i < residuals.Length; i++)
        {
            ReadOnlySpan<double> row = Row(jacobian, i, n);
            Vectors.AddScaled(residuals[i], row, Gradient);
            double change = 0;
            for (int j = 0; j < n; j++)
                change += Math.Abs(row[j] * x[j]);
            Floor = double.Hypot(Floor, ReductionRatio.UnitRoundOff * change);
        }
        IsFinite = base.IsFinite
            && Vectors.AreFinite(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref jacobian[0, 0], jacobian.Length));
        if (!IsFinite)
            return;
        _qr = new PivotedQr(jacobian);
        _transposedResiduals = Transposed(residuals);
        double norm = Vectors.Norm(residuals);
        Offset = norm == 0 ? 0 : Vectors.Norm(_transposedResiduals.AsSpan(0, _qr.Rank)) / norm;
    }

    public override bool IsFinite { get; }

    public override double Offset { get; }

    public override double Floor { get; }

    private PivotedQr Qr => _qr ?? throw new InvalidOperationException("A Jacobian that is not finite has no factorization.");

    public override void ColumnNorms(Span<double> norms) => Qr.ColumnNorms(norms);

    public override double Solve(double[] b, ReadOnlySpan<double> d, double radius, Span<double> s)
    {
        double[] delta = new double[d.Length];
        Vectors.Scale(1 / Math.Sqrt(radius), d, delta);
        return Qr.SolveDamped(ReferenceEquals(b, Residuals) ? _transposedResiduals : Transposed(b), delta, s);
    }

    private double[] Transposed(double[] b)
    {
        double[] product = [.. b];
        Qr.ApplyTransposedQ(product);
        return product;
    }

    private static ReadOnlySpan<double> Row(double[,] matrix, int i, int n) =>
        System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref matrix[i, 0], n);
}
