using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.LimitedMemory;

/// <summary>The last m pairs (s, y), s a step and y the change of the gradient over it, oldest first; and the direction of negative
/// curvature met, if any.</summary>
internal sealed class PairMemory(int dimension, int capacity)
{
    private readonly List<double[]> _steps = [], _changes = [];
    private readonly double[] _products = new double[capacity], _weights = new double[capacity];
    private double[] _negative = [];
    private double _negativeCurvature;

    /// <summary>m.</summary>
    public int Capacity => capacity;

    /// <summary>How many pairs there are.</summary>
    public int Count { get; private set; }

    /// <summary>sᵢ.</summary>
    public double[] Step(int i) => _steps[i];

    /// <summary>yᵢ.</summary>
    public double[] Change(int i) => _changes[i];

    /// <summary>yᵀy/sᵀy of the newest pair: the curvature to begin with.</summary>
    public double Curvature { get; private set; }

    /// <summary>The step along which the curvature sᵀy/sᵀs was negative, lowest of all; else the pair's with the lowest. Empty without
    /// pairs.</summary>
    public ReadOnlySpan<double> LowCurvature
    {
        get
        {
            if (_negative.Length > 0)
                return _negative;
            int lowest = -1;
            double curvature = double.PositiveInfinity;
            for (int i = 0; i < Count; i++)
            {
                double norm = Vectors.Norm(_steps[i]), quotient = _products[i] / norm / norm;
                if (quotient < curvature)
                    (lowest, curvature) = (i, quotient);
            }
            return lowest < 0 ? [] : _steps[lowest];
        }
    }

    /// <summary>Takes up a pair if sᵀy &gt; u‖s‖‖y‖; says whether it did. The oldest makes room.</summary>
    public bool Add(ReadOnlySpan<double> s, ReadOnlySpan<double> y)
    {
        double product = Vectors.Dot(s, y), length = Vectors.Norm(s), change = Vectors.Norm(y);
        double rounding = ReductionRatio.UnitRoundOff * length * change;
        if (product < -rounding && product / length / length < _negativeCurvature)
        {
            _negativeCurvature = product / length / length;
            _negative = s.ToArray();
        }
        if (!(product > rounding) || capacity == 0)
            return false;
        if (Count == capacity)
            DropOldest();
        Append(s, y, product);
        return true;
    }

    /// <summary>Forgets the oldest pair.</summary>
    public void DropOldest()
    {
        (double[] s, double[] y) = (_steps[0], _changes[0]);
        _steps.RemoveAt(0);
        _changes.RemoveAt(0);
        _steps.Add(s);
        _changes.Add(y);
        _products.AsSpan(1).CopyTo(_products);
        Count--;
    }

    /// <summary>Forgets the pairs. Their memory is kept.</summary>
    public void Clear() => Count = 0;

    /// <summary>Forgets the negative curvature too.</summary>
    public void Reset()
    {
        Clear();
        (_negative, _negativeCurvature) = ([], 0);
    }

    /// <summary>v ← Hv by the two-loop recursion, H the inverse quasi-Newton matrix that begins with sᵀy/yᵀy of the newest pair
    /// (J. Nocedal, Updating quasi-Newton matrices with limited storage, Math. Comp. 35 (1980) 773–782). 4mn multiplications.</summary>
    public void MultiplyInverse(Span<double> v)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            _weights[i] = Vectors.Dot(_steps[i], v) / _products[i];
            Vectors.AddScaled(-_weights[i], _changes[i], v);
        }
        Vectors.Scale(1 / Curvature, v, v);
        for (int i = 0; i < Count; i++)
            Vectors.AddScaled(_weights[i] - Vectors.Dot(_changes[i], v) / _products[i], _steps[i], v);
    }

    public void Store(StateWriter state)
    {
        state.Write((long)Count);
        for (int i = 0; i < Count; i++)
        {
            state.Write(_steps[i]);
            state.Write(_changes[i]);
        }
        state.Write(_negativeCurvature);
        state.Write(_negative);
    }

    public void Restore(StateReader state)
    {
        Clear();
        int count = state.ReadInt();
        if (count > capacity)
            throw new InvalidDataException(
                $"The checkpoint holds {count} pairs and there is memory for {capacity}: it was taken with other options. Resume with the options of the first run.");
        double[] s = new double[dimension], y = new double[dimension];
        for (int i = 0; i < count; i++)
        {
            state.ReadArray(s);
            state.ReadArray(y);
            Append(s, y, Vectors.Dot(s, y));
        }
        _negativeCurvature = state.ReadDouble();
        _negative = state.ReadArray();
    }

    private void Append(ReadOnlySpan<double> s, ReadOnlySpan<double> y, double product)
    {
        if (_steps.Count == Count)
        {
            _steps.Add(new double[dimension]);
            _changes.Add(new double[dimension]);
        }
        s.CopyTo(_steps[Count]);
        y.CopyTo(_changes[Count]);
        _products[Count] = product;
        Curvature = Vectors.Dot(y, y) / product;
        Count++;
    }
}
