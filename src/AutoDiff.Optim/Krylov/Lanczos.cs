using System.Numerics.Tensors;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Krylov;

/// <summary>
/// The Lanczos process with full reorthogonalization: A·V = V·T + β·v₊·eᵀ, where the columns of V are orthonormal to rounding and T is
/// tridiagonal.
/// </summary>
/// <remarks>
/// Lanczos 1950; two Gram–Schmidt passes per step ("twice is enough", Parlett 1998, 6.9). A step costs one product, 8nk flops, and the
/// memory of one vector, which a later run uses again. One object serves one thread.
/// </remarks>
internal sealed class Lanczos
{
    /// <summary>A coupling up to this fraction of ‖T‖ is a breakdown: the basis is invariant to rounding.</summary>
    private const double Breakdown = 1e-13;

    private readonly int _dimension, _capacity;
    private readonly List<double[]> _basis = [], _locked = [];
    private readonly double[] _diagonal, _couplings;
    private double _normT;
    private bool _isStarted;

    /// <summary>A process on ℝⁿ that keeps at most <paramref name="capacity"/> vectors.</summary>
    public Lanczos(int dimension, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _dimension = dimension;
        _capacity = Math.Min(capacity, dimension);
        _diagonal = new double[_capacity];
        _couplings = new double[_capacity];
    }

    /// <summary>The length n of the vectors.</summary>
    public int Dimension => _dimension;

    /// <summary>The most vectors that the basis may hold: the capacity, or what the locked vectors leave of ℝⁿ.</summary>
    public int Limit => Math.Min(_capacity, _dimension - _locked.Count);

    /// <summary>The number k of basis vectors and of rows of T.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no step is left.</summary>
    public bool IsFull => Count == Limit;

    /// <summary>Whether A maps the basis into itself to rounding, so that T's eigenvalues are A's.</summary>
    public bool IsInvariant { get; private set; }

    /// <summary>Whether a product or the start was not finite; the process stopped before it, and what it had is still good.</summary>
    public bool IsNonFinite { get; private set; }

    /// <summary>β₀, the norm of the start without its part along the locked vectors.</summary>
    public double StartNorm { get; private set; }

    /// <summary>The largest |vᵢᵀAvⱼ − vⱼᵀAvᵢ| seen: the error of the products as their asymmetry betrays it.</summary>
    public double Asymmetry { get; private set; }

    /// <summary>The largest coupling taken for 0: what invariance is off by, at most 1e-13 of ‖T‖ unless the basis spans all there
    /// is.</summary>
    public double DroppedCoupling { get; private set; }

    /// <summary>‖T‖∞ with the next coupling: between ‖T‖₂ and √3·‖A‖₂.</summary>
    public double NormBound => _normT;

    /// <summary>α₁ … α_k, T's diagonal.</summary>
    public ReadOnlySpan<double> Diagonal => _diagonal.AsSpan(0, Count);

    /// <summary>β₂ … β_k, beside the diagonal.</summary>
    public ReadOnlySpan<double> Couplings => _couplings.AsSpan(0, Math.Max(0, Count - 1));

    /// <summary>β_{k+1}; the residual of a Ritz pair is this times its vector's last component.</summary>
    public double NextCoupling => Count == 0 ? 0 : _couplings[Count - 1];

    /// <summary>Column <paramref name="index"/> of V.</summary>
    public ReadOnlySpan<double> Vector(int index) =>
        (uint)index < (uint)Count ? _basis[index]
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"The basis has {Count} vectors.");

    /// <summary>Begins anew from <paramref name="b"/>; a zero vector leaves an empty invariant basis.</summary>
    public void Start(ReadOnlySpan<double> b)
    {
        if (b.Length != _dimension)
            throw new ShapeMismatchException($"Lanczos: the start has {b.Length} elements and the operator acts on {_dimension}.");
        Count = 0;
        Asymmetry = DroppedCoupling = _normT = StartNorm = 0;
        IsInvariant = IsNonFinite = _isStarted = false;
        double norm = Vectors.Norm(b);
        if (!double.IsFinite(norm) || !Vectors.AreFinite(b))
        {
            IsNonFinite = true;
            return;
        }
        if (norm == 0 || Limit == 0)
        {
            IsInvariant = true;
            return;
        }
        double[] v = Slot(0);
        TensorPrimitives.Divide(b, norm, v);
        double rest = _locked.Count == 0 ? 1 : Project(v);
        StartNorm = rest <= Breakdown ? 0 : norm * rest;
        IsInvariant = StartNorm == 0;
        _isStarted = !IsInvariant;
    }

    /// <summary>Begins anew from a random direction, uniform on the sphere.</summary>
    public void StartRandom(ref RandomStream random)
    {
        double[] start = Slot(1);
        random.FillNormal(start);
        Start(start);
    }

    /// <summary>One product: the basis and T grow by one. False, and nothing changes, if the basis is full or invariant, or the product is
    /// not finite.</summary>
    public bool Step(ILinearOperator a)
    {
        if (!_isStarted || IsFull || IsInvariant || IsNonFinite)
            return false;
        int k = Count;
        double[] v = _basis[k], w = Slot(k + 1);
        a.Apply(v, w);
        if (!Vectors.AreFinite(w))
        {
            IsNonFinite = true;
            return false;
        }
        double alpha = GramSchmidt.Remove(w, v), before = k == 0 ? 0 : _couplings[k - 1];
        for (int i = k - 1; i >= 0; i--)
        {
            double coefficient = GramSchmidt.Remove(w, _basis[i]);
            Asymmetry = Math.Max(Asymmetry, Math.Abs(i == k - 1 ? coefficient - before : coefficient));
        }
        GramSchmidt.RemoveAll(w, _locked, _locked.Count);
        alpha += GramSchmidt.Remove(w, v);
        RemoveAll(w, k);
        double beta = Vectors.Norm(w);
        if (!double.IsFinite(before + Math.Abs(alpha) + beta))
        {
            IsNonFinite = true;
            return false;
        }
        Count = k + 1;
        _diagonal[k] = alpha;
        _normT = Math.Max(_normT, before + Math.Abs(alpha) + beta);
        IsInvariant = Count == _dimension - _locked.Count || beta <= Breakdown * _normT;
        _couplings[k] = IsInvariant ? 0 : beta;
        if (IsInvariant)
            DroppedCoupling = Math.Max(DroppedCoupling, beta);
        else
            TensorPrimitives.Divide(w, beta, w);
        return true;
    }

    /// <summary>Goes on after a breakdown with a random direction orthogonal to all there is, which T couples by 0. False if there is no
    /// room, or no breakdown.</summary>
    public bool RestartRandom(ref RandomStream random)
    {
        if (IsFull || !IsInvariant || IsNonFinite)
            return false;
        double[] next = Slot(Count);
        random.FillNormal(next);
        TensorPrimitives.Divide(next, Vectors.Norm(next), next);
        Project(next);
        IsInvariant = false;
        return _isStarted = true;
    }

    /// <summary>Keeps every later run orthogonal to <paramref name="vector"/> too: the process is then that of A confined to the complement
    /// of the locked vectors. False if the vector depends on those locked before.</summary>
    public bool Lock(ReadOnlySpan<double> vector)
    {
        double[] copy = vector.ToArray();
        double norm = Vectors.Norm(copy);
        if (!(norm > 0) || !double.IsFinite(norm))
            return false;
        TensorPrimitives.Divide(copy, norm, copy);
        Count = 0;
        _isStarted = false;
        if (_locked.Count > 0 && Project(copy) <= Math.Sqrt(Breakdown))
            return false;
        _locked.Add(copy);
        return true;
    }

    /// <summary>result = V·h, the linear combination of the basis with the coefficients <paramref name="h"/>.</summary>
    public void Combine(ReadOnlySpan<double> h, Span<double> result)
    {
        if (h.Length > Count)
            throw new ShapeMismatchException($"Lanczos: {h.Length} coefficients for {Count} vectors.");
        result.Clear();
        for (int i = 0; i < h.Length; i++)
            Vectors.AddScaled(h[i], _basis[i], result);
    }

    /// <summary>
    /// The thick restart (Wu and Simon 2000): the basis shrinks to the Ritz vectors whose values in T are <paramref name="values"/> and
    /// whose eigenvectors of T stand one after the other in <paramref name="vectors"/>; the next step goes on from them.
    /// </summary>
    /// <remarks>
    /// The Ritz values and their couplings to v₊ form an arrow. Lanczos on diag(θ) from the couplings turns it back to tridiagonal form,
    /// last row first, so that all who read T see nothing of the restart.
    /// </remarks>
    public void Compress(ReadOnlySpan<double> values, ReadOnlySpan<double> vectors)
    {
        int k = Count, p = values.Length;
        if (p == 0 || p >= k || vectors.Length != p * k)
            throw new ArgumentException($"Lanczos: {p} of {k} vectors cannot be kept with {vectors.Length} coefficients.");
        double[] spike = new double[p];
        for (int i = 0; i < p; i++)
            spike[i] = NextCoupling * vectors[(i + 1) * k - 1];
        Lanczos arrow = new(p, p);
        arrow.Start(spike);
        DiagonalOperator diagonal = new(values.ToArray());
        RandomStream random = new((ulong)p);
        while (arrow.Count < p)
        {
            if (!arrow.Step(diagonal) && !arrow.RestartRandom(ref random))
                throw new ArithmeticException("Lanczos: a Ritz value or the couplings to be kept are not finite.");
        }

        double[] rotation = new double[p * k];
        for (int j = 0; j < p; j++)
        {
            for (int i = 0; i < p; i++)
                Vectors.AddScaled(arrow._basis[j][i], vectors.Slice(i * k, k), rotation.AsSpan((p - 1 - j) * k, k));
        }
        BasisRotation.Apply(_basis, k, rotation, p);
        (_basis[p], _basis[k]) = (_basis[k], _basis[p]);
        for (int j = 0; j < p; j++)
            _diagonal[p - 1 - j] = arrow._diagonal[j];
        for (int j = 0; j + 1 < p; j++)
            _couplings[p - 2 - j] = arrow._couplings[j];
        _couplings[p - 1] = arrow.StartNorm;
        DroppedCoupling = Math.Max(DroppedCoupling, arrow.DroppedCoupling);
        Count = p;
    }

    private double[] Slot(int index)
    {
        while (_basis.Count <= index)
            _basis.Add(new double[_dimension]);
        return _basis[index];
    }

    private void RemoveAll(Span<double> w, int count)
    {
        GramSchmidt.RemoveAll(w, _basis, count);
        GramSchmidt.RemoveAll(w, _locked, _locked.Count);
    }

    // Makes a unit vector orthogonal to all there is, and a unit vector again; returns what was left of it.
    private double Project(Span<double> v)
    {
        RemoveAll(v, Count);
        RemoveAll(v, Count);
        double rest = Vectors.Norm(v);
        if (rest > 0)
            TensorPrimitives.Divide(v, rest, v);
        RemoveAll(v, Count);
        return rest;
    }
}
