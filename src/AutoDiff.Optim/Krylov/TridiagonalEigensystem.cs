using System.Numerics;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Krylov;

/// <summary>All eigenvalues of a symmetric tridiagonal matrix, and of its orthonormal eigenvectors either all components or the first and
/// the last alone, by the implicit QL method (Bowdler, Martin, Reinsch, Wilkinson 1968).</summary>
/// <remarks>O(k²) with the ends alone (Golub and Welsch 1969), O(k³) in full.</remarks>
internal sealed class TridiagonalEigensystem
{
    private const int MostSweeps = 60;

    private readonly double[] _components;
    private readonly int _rows;

    /// <summary>The eigenvalues, ascending.</summary>
    public double[] Values { get; }

    /// <summary>Decomposes the matrix; <paramref name="full"/> asks for whole eigenvectors.</summary>
    public TridiagonalEigensystem(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> couplings, bool full)
    {
        int k = diagonal.Length;
        _rows = full ? k : 2;
        Values = diagonal.ToArray();
        _components = new double[k * _rows];
        for (int i = 0; i < k; i++)
        {
            if (full)
                _components[i * k + i] = 1;
        }
        if (!full && k > 0)
            _components[0] = _components[2 * k - 1] = 1;
        double[] e = new double[k];
        couplings.CopyTo(e);
        double scale = Tridiagonal.Scale(diagonal, couplings);
        Divide(Values, scale);
        Divide(e, scale);
        Reduce(Values, e);
        Sort();
        if (scale != 1)
            Vectors.Scale(scale, Values, Values);
    }

    /// <summary>The first component of eigenvector <paramref name="index"/>; its square is the weight of a Gauss quadrature.</summary>
    public double First(int index) => _components[index * _rows];

    /// <summary>The last component of eigenvector <paramref name="index"/>.</summary>
    public double Last(int index) => _components[(index + 1) * _rows - 1];

    /// <summary>Eigenvector <paramref name="index"/>, if they were asked for in full.</summary>
    public ReadOnlySpan<double> Vector(int index) =>
        _rows == Values.Length ? Column(index) : throw new InvalidOperationException("Only the ends of the eigenvectors were asked for.");

    private Span<double> Column(int index) => _components.AsSpan(index * _rows, _rows);

    private static void Divide(double[] elements, double scale)
    {
        for (int i = 0; i < elements.Length && scale != 1; i++)
            elements[i] /= scale;
    }

    // Each eigenvalue in turn is driven out at the top by shifted QL steps, which chase a bulge from the bottom of its block upwards.
    private void Reduce(double[] d, double[] e)
    {
        double norm = Tridiagonal.NormBound(d, e.AsSpan(0, Math.Max(0, d.Length - 1)));
        for (int l = 0; l < d.Length; l++)
        {
            for (int sweep = 0; ; sweep++)
            {
                int m = l;
                while (m + 1 < d.Length && !IsNegligible(e[m], d[m], d[m + 1], norm))
                    m++;
                if (m == l)
                    break;
                if (sweep == MostSweeps)
                    throw new ArithmeticException(
                        $"The QL method has not converged in {MostSweeps} sweeps for eigenvalue {l} of {d.Length}; the matrix is not finite.");
                Sweep(d, e, l, m);
            }
        }
    }

    private static bool IsNegligible(double coupling, double a, double b, double norm) =>
        Math.Abs(coupling) <= 0.5 * Tridiagonal.Epsilon * (Math.Abs(a) + Math.Abs(b))
            || Math.Abs(coupling) <= 0.01 * Tridiagonal.Epsilon * norm;

    private void Sweep(double[] d, double[] e, int l, int m)
    {
        double g = (d[l + 1] - d[l]) / (2 * e[l]), r = double.Hypot(g, 1);
        g = d[m] - d[l] + e[l] / (g + double.CopySign(r, g));
        double s = 1, c = 1, p = 0;
        for (int i = m - 1; i >= l; i--)
        {
            double f = s * e[i], b = c * e[i];
            e[i + 1] = r = double.Hypot(f, g);
            if (r == 0)
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }
            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = (d[i] - g) * s + 2 * c * b;
            p = s * r;
            d[i + 1] = g + p;
            g = c * r - b;
            RotateColumns(i, c, s);
        }
        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    private void RotateColumns(int i, double c, double s)
    {
        Span<double> left = Column(i), right = Column(i + 1);
        int row = 0;
        for (; row <= left.Length - Vector<double>.Count; row += Vector<double>.Count)
        {
            Vector<double> x = new(left[row..]), y = new(right[row..]);
            (s * x + c * y).CopyTo(right[row..]);
            (c * x - s * y).CopyTo(left[row..]);
        }
        for (; row < left.Length; row++)
        {
            double x = left[row], y = right[row];
            right[row] = s * x + c * y;
            left[row] = c * x - s * y;
        }
    }

    private void Sort()
    {
        int[] order = new int[Values.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(Values, order);
        double[] sorted = new double[_components.Length];
        for (int i = 0; i < order.Length; i++)
            Column(order[i]).CopyTo(sorted.AsSpan(i * _rows));
        sorted.CopyTo(_components, 0);
    }
}
