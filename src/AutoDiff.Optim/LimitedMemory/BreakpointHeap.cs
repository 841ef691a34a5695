namespace AutoDiff.Optim.LimitedMemory;

/// <summary>The breakpoints of a piecewise linear path, smallest first, of which most are never asked for: a binary heap, O(n) to build and
/// O(log n) to pop.</summary>
internal sealed class BreakpointHeap(int capacity)
{
    private readonly double[] _times = new double[capacity];
    private readonly int[] _variables = new int[capacity];

    public int Count { get; private set; }

    /// <summary>The next breakpoint's time; infinity if there is none.</summary>
    public double Next => Count == 0 ? double.PositiveInfinity : _times[0];

    public void Clear() => Count = 0;

    /// <summary>Adds one; call <see cref="Order"/> after the last.</summary>
    public void Add(double time, int variable)
    {
        (_times[Count], _variables[Count]) = (time, variable);
        Count++;
    }

    public void Order()
    {
        for (int i = Count / 2 - 1; i >= 0; i--)
            Sink(i);
    }

    /// <summary>Removes the next breakpoint; returns its variable.</summary>
    public int Pop()
    {
        int variable = _variables[0];
        Count--;
        (_times[0], _variables[0]) = (_times[Count], _variables[Count]);
        Sink(0);
        return variable;
    }

    private void Sink(int i)
    {
        while (2 * i + 1 < Count)
        {
            int child = 2 * i + 1;
            if (child + 1 < Count && _times[child + 1] < _times[child])
                child++;
            if (_times[i] <= _times[child])
                return;
            (_times[i], _times[child]) = (_times[child], _times[i]);
            (_variables[i], _variables[child]) = (_variables[child], _variables[i]);
            i = child;
        }
    }
}
