using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>
/// C and Q on all of N, as tensors: f³[bᵢ, bⱼ, ·] and f⁴[bᵢ, bⱼ, bₖ, bₗ] of the basis vectors, by polarization from expansions along bᵢ, bᵢ
/// + bⱼ and bᵢ + bⱼ + bₖ. Once they are known, looking along a direction costs no derivative.
/// </summary>
internal sealed class NullTensor
{
    // What an expansion of third order is charged as.
    private const int ProductsEach = 10;

    private readonly int _m;
    private readonly double[,,] _cubic;
    private readonly double[,,,] _quartic;

    private NullTensor(int m) => (_m, _cubic, _quartic) = (m, new double[m, m, m], new double[m, m, m, m]);

    /// <summary>C, as a function on the unit sphere of N.</summary>
    public SymmetricForm Cubic => SymmetricForm.Cubic(_m, (i, j, k) => (_cubic[i, j, k] + _cubic[j, k, i] + _cubic[k, i, j]) / 3);

    /// <summary>Q.</summary>
    public SymmetricForm Quartic => SymmetricForm.Quartic(_m, (i, j, k, l) =>
        (_quartic[i, j, k, l] + _quartic[i, k, j, l] + _quartic[i, l, j, k] + _quartic[k, l, i, j] + _quartic[j, l, i, k]
            + _quartic[j, k, i, l]) / 6);

    /// <summary>The products that <see cref="Of"/> is charged as for m null directions: m + ½m(m − 1) expansions of third order, and
    /// (m − 1)(m − 2)(m − 3)/6 more.</summary>
    public static int Products(int m) => ProductsEach * (m + m * (m - 1) / 2 + (m - 1) * (m - 2) * (m - 3) / 6);

    /// <summary>The forms of the null space at the point linearized last.</summary>
    public static NullTensor Of(FreeSpace space, NullSpace kernel)
    {
        NullTensor tensor = new(kernel.Dimension);
        double[,][] third = tensor.Expand(space, kernel.Basis);
        tensor.Complete(kernel, third);
        return tensor;
    }

    // f³[bᵢ, bⱼ, ·]; f⁴ is left in the quartic.
    private double[,][] Expand(FreeSpace space, double[][] b)
    {
        double[,][] third = new double[_m, _m][];
        for (int i = 0; i < _m; i++)
        {
            LineJet jet = space.Expand(b[i], 3);
            third[i, i] = jet.Third;
            for (int k = 0; k < _m; k++)
                Set(Vectors.Dot(jet.Fourth, b[k]), i, i, i, k);
        }
        double[,,] pair = new double[_m, _m, _m];
        for (int i = 0; i < _m; i++)
        {
            for (int j = i + 1; j < _m; j++)
            {
                LineJet jet = space.Expand(Sum(b[i], b[j]), 3);
                third[i, j] = third[j, i] = [.. jet.Third.Select((sum, k) => 0.5 * (sum - third[i, i][k] - third[j, j][k]))];
                for (int k = 0; k < _m; k++)
                    pair[i, j, k] = pair[j, i, k] = (Vectors.Dot(jet.Fourth, b[k]) - _quartic[i, i, i, k] - _quartic[j, j, j, k]) / 3;
                Set(0.5 * (pair[i, j, i] - _quartic[i, i, i, j] + pair[i, j, j] - _quartic[j, j, j, i]), i, i, j, j);
            }
        }
        // pair[i, j, k] = f⁴ᵢᵢⱼₖ + f⁴ᵢⱼⱼₖ, three equations for the three of i, j and k.
        for (int i = 0; i < _m; i++)
        {
            for (int j = 0; j < _m; j++)
            {
                for (int k = j + 1; k < _m; k++)
                {
                    if (i != j && i != k)
                        Set(0.5 * (pair[i, j, k] + pair[i, k, j] - pair[j, k, i]), i, i, j, k);
                }
            }
        }
        ExpandTriples(space, b);
        return third;
    }

    private void ExpandTriples(FreeSpace space, double[][] b)
    {
        for (int i = 0; i < _m; i++)
        {
            for (int j = i + 1; j < _m; j++)
            {
                for (int k = j + 1; k < _m - 1; k++)
                {
                    LineJet jet = space.Expand(Sum(Sum(b[i], b[j]), b[k]), 3);
                    for (int l = k + 1; l < _m; l++)
                        Set((Vectors.Dot(jet.Fourth, b[l]) - Known(l, i, j, k)) / 6, i, j, k, l);
                }
            }
        }
    }

    // What but 6f⁴ᵢⱼₖₗ makes up f⁴[n, n, n, bₗ] for n = bᵢ + bⱼ + bₖ.
    private double Known(int l, params ReadOnlySpan<int> three)
    {
        double sum = 0;
        foreach (int a in three)
        {
            foreach (int c in three)
                sum += a == c ? _quartic[a, a, a, l] : 3 * _quartic[a, a, c, l];
        }
        return sum;
    }

    // Q = f⁴ − 3·f³[·, ·, ·]ᵀH⁺f³[·, ·, ·], which need not be symmetric to be right along one direction.
    private void Complete(NullSpace kernel, double[,][] third)
    {
        double[] bend = new double[third[0, 0].Length];
        for (int i = 0; i < _m; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                kernel.ApplyPseudoInverse(third[i, j], bend);
                for (int k = 0; k < _m; k++)
                {
                    _cubic[i, j, k] = _cubic[j, i, k] = Vectors.Dot(third[i, j], kernel.Basis[k]);
                    for (int l = 0; l < _m; l++)
                    {
                        double correction = 3 * Vectors.Dot(third[k, l], bend);
                        _quartic[i, j, k, l] -= correction;
                        if (i != j)
                            _quartic[j, i, k, l] -= correction;
                    }
                }
            }
        }
    }

    private static double[] Sum(double[] x, double[] y)
    {
        double[] sum = [.. x];
        Vectors.AddScaled(1, y, sum);
        return sum;
    }

    private void Set(double value, params ReadOnlySpan<int> index)
    {
        for (int p = 0; p < 4; p++)
        {
            for (int q = 0; q < 4; q++)
            {
                for (int r = 0; r < 4; r++)
                {
                    if (p != q && p != r && q != r)
                        _quartic[index[p], index[q], index[r], index[6 - p - q - r]] = value;
                }
            }
        }
    }
}
