using AutoDiff.Lambdas;
using AutoDiff.Problems;

namespace AutoDiff.Tests.KnownPoints;

/// <summary>
/// Curved coordinates around a point c: z(x) = L(U(Q(x − c)/s)), Q orthogonal, U and L triangular with quadratic terms, hence a
/// diffeomorphism with z(c) = 0 exactly and ∂z/∂x = Q/s there. A function of z has at c the kind that it has at z = 0.
/// </summary>
internal sealed class Coordinates
{
    // From this size on the bends are one operation on the whole array.
    private const int Few = 13;

    private readonly Turn? _turn;
    private readonly double[] _bends;
    private readonly double _unit, _bend;

    /// <summary>The coordinates of that seed.</summary>
    /// <param name="n">The number of variables.</param>
    /// <param name="seed">Of Q, c and the bends.</param>
    /// <param name="bend">The size of the quadratic terms; 0: affine coordinates.</param>
    /// <param name="unit">s.</param>
    /// <param name="turned">Whether Q is not the identity.</param>
    public Coordinates(int n, ulong seed, double bend, double unit = 1, bool turned = true)
    {
        SplitMix64 random = new(seed);
        _turn = turned && n > 1 ? new Turn(n, seed + 1) : null;
        _unit = unit;
        _bend = bend;
        bool atOrigin = random.NextUnit() < 0.3;
        Centre = new double[n];
        for (int i = 0; i < n; i++)
            Centre[i] = atOrigin ? 0 : unit * random.NextSigned();
        _bends = new double[n <= Few ? 2 * n * n : 0];
        for (int i = 0; i < _bends.Length; i++)
            _bends[i] = bend * random.NextSigned();
    }

    /// <summary>c.</summary>
    public double[] Centre { get; }

    /// <summary>z(x).</summary>
    public VarVector Of(VarVector x)
    {
        VarVector y = (x - (VarVector)Centre) / _unit;
        if (_turn is not null)
            y = _turn.Apply(y);
        int n = Centre.Length;
        if (_bend == 0 || n == 1)
            return y;
        if (n > Few)
            return VarVector.Concat(y[..1], y[1..] + _bend * (y[..^1] * y[..^1]));
        Var[] z = y.ToArray();
        for (int i = 0; i + 1 < n; i++)
            z[i] += _bends[i] * z[n - 1] * z[n - 1] + _bends[n + i] * z[i + 1] * z[n - 1];
        for (int i = n - 1; i > 0; i--)
        {
            for (int j = 0; j < i; j++)
                z[i] += _bends[i * n + j] * z[j] * z[i - 1];
        }
        return VarVector.Of(z);
    }
}
