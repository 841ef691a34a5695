namespace AutoDiff.Engine;

// Many results: their values, and products with their Jacobian and its transpose.
internal sealed unsafe partial class Schedule
{
    /// <summary>The number of results.</summary>
    public int Outputs => _results.Length;

    /// <summary>F at <paramref name="x"/>, whose values stay in the workspace; false if a guard does not hold.</summary>
    public bool Evaluate(ScheduleWorkspace w, ReadOnlySpan<double> x)
    {
        Begin(w, x);
        Forward(w, false);
        return Holds(w);
    }

    /// <summary>F(x), by the values that the workspace holds.</summary>
    public void CopyResults(ScheduleWorkspace w, Span<double> results)
    {
        for (int i = 0; i < _results.Length; i++)
            results[i] = _results[i] >= 0 ? w.Values[_results[i]] : _constantResults[i];
    }

    /// <summary>∂F·v, by the values that the workspace holds.</summary>
    public void Push(ScheduleWorkspace w, ReadOnlySpan<double> v, Span<double> result)
    {
        PushTangents(w, v, 1, _needsResultTangent.Value);
        for (int i = 0; i < result.Length; i++)
        {
            int position = _results[i];
            bool depends = position >= 0 && (position < Inputs || position >= _leaves);
            result[i] = depends ? w.Dots(0)[position] : 0;
        }
    }

    /// <summary>∂Fᵀ·u, by the values that the workspace holds.</summary>
    public void Pull(ScheduleWorkspace w, ReadOnlySpan<double> u, Span<double> result)
    {
        w.ClearBars();
        for (int i = 0; i < _results.Length; i++)
        {
            int position = _results[i];
            if (position < 0)
                continue;
            if (position < Inputs)
                w.ClearUpTo(Space.Bars, 0, Inputs);
            w.Bars[position] += u[i];
        }
        Backward(w);
        w.ClearUpTo(Space.Bars, 0, Inputs);
        new ReadOnlySpan<double>(w.Bars, Inputs).CopyTo(result);
    }
}
