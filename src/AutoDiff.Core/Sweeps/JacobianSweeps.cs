using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>Whole Jacobians by sweeps over one recording.</summary>
internal static unsafe class JacobianSweeps
{
    // Measured: a tangent sweep of eight directions costs about two adjoint sweeps.
    public static bool PrefersForward(int inputs, int outputs) => (inputs + Eight.Count - 1) / Eight.Count * 2 <= outputs;

    /// <summary>Eight columns a sweep.</summary>
    public static void Forward(Workspace w, int output, int m, Span<double> rows)
    {
        int n = w.Recording.InputCount;
        double[] column = new double[m], unit = new double[n];
        for (int first = 0; first < n; first += Eight.Count)
        {
            int width = Math.Min(Eight.Count, n - first);
            w.ReserveDots(Eight.Count);
            w.KnowsBars = false;
            new Span<double>(w.Dots, n * Eight.Count).Clear();
            for (int k = 0; k < width; k++)
                w.Dots[(long)(first + k) * Eight.Count + k] = 1;
            TangentSweep<Eight>.Run(w);
            bool finite = Finite.AreAll(w.Dots + (long)output * Eight.Count, (long)m * Eight.Count);
            for (int k = 0; k < width && finite; k++)
                Put(Directions.Take(w.Dots, output, k, column), rows, n, first + k);
            for (int k = 0; k < width && !finite; k++)
            {
                unit[first + k] = 1;
                Tangents.Run(w, unit, output, m);
                unit[first + k] = 0;
                Put(new ReadOnlySpan<double>(w.Dots + output, m), rows, n, first + k);
            }
        }
    }

    /// <summary>One row a sweep.</summary>
    public static void Reverse(Workspace w, int output, int m, Span<double> rows)
    {
        int n = w.Recording.InputCount;
        for (int i = 0; i < m; i++)
        {
            Adjoints.Run(w, output + i);
            new ReadOnlySpan<double>(w.Bars, n).CopyTo(rows[(i * n)..]);
        }
    }

    /// <summary>Writes column <paramref name="index"/> of a matrix with rows of <paramref name="width"/> numbers.</summary>
    public static void Put(ReadOnlySpan<double> column, Span<double> rows, int width, int index)
    {
        for (int i = 0; i < column.Length; i++)
            rows[i * width + index] = column[i];
    }
}
