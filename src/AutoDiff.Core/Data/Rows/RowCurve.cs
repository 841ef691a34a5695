using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>What rows add along a curve: to f, and to the adjoints of the numbers that all rows share.</summary>
internal sealed class RowSeries(int uniformCount)
{
    public Taylor Value { get; set; } = Taylor.Constant(0);

    public Taylor[] Bars { get; } = Taylor.Nones(uniformCount);

    public void Add(RowSeries other)
    {
        Value += other.Value;
        for (int i = 0; i < Bars.Length; i++)
            Bars[i] += other.Bars[i];
    }
}

/// <summary>
/// A way through a row lambda along a curve x(t): the reference interpreter's run over <see cref="Taylor"/> numbers, tile by tile, whose
/// memory is that of a tile. Many threads may add tiles, each to series of its own.
/// </summary>
internal sealed unsafe class RowCurve
{
    private readonly RowPoint _point;
    private readonly Interpreter<Taylor> _uniform;
    private readonly Taylor[] _values;
    private readonly bool _withBars;

    public RowCurve(RowPoint point, ReadOnlySpan<Taylor> x, bool withBars)
    {
        (_point, _withBars) = (point, withBars);
        _uniform = new Interpreter<Taylor>(point.Uniform);
        x.CopyTo(_uniform.Values.AsSpan(0, x.Length));
        foreach (UniformStep step in point.Path.UniformSteps)
        {
            step.Operation.Forward(_uniform, step.A, step.B, step.Slot);
            if (step.Operation.IsBent)
                Doubt(step.Slot, step.Operation.IsArray ? step.B : 1);
        }
        _values = _uniform.Values.AsSpan(0, point.Path.UniformCount).ToArray();
    }

    // The adjoint of a norm that all rows share is not known before they have been gone through: at 0 it may bend or not.
    private void Doubt(int slot, int length)
    {
        foreach (ref Taylor norm in _uniform.Values.AsSpan(slot, length))
        {
            if (norm[0] == 0 && !norm.IsConstant)
                norm += Taylor.Unknown(2);
        }
    }

    private Action<Workspace> Seeds(byte[] failing, int taking) => w =>
    {
        RowPath path = _point.Path;
        if (!path.ResultVaries)
        {
            w.Bars[path.Result] = taking;
            return;
        }
        for (int lane = 0; lane < path.Width; lane++)
            w.Bars[path.Result + lane] = (failing[lane / VectorWidth.Block] >> lane % VectorWidth.Block & 1) == 0 ? 1 : 0;
    };

    /// <summary>The way's point.</summary>
    public RowPoint Point => _point;

    /// <summary>An empty sum.</summary>
    public RowSeries NewSeries() => new(_withBars ? _values.Length : 0);

    /// <summary>Adds a tile whose rows and values are loaded; <paramref name="failing"/> has a bit for each lane that does not
    /// count.</summary>
    public void Add(Recording wide, ReadOnlySpan<byte> failing, int taking, RowSeries sums)
    {
        RowPath path = _point.Path;
        if (path.Result < 0)
        {
            sums.Value += taking * path.Constant;
            return;
        }
        Interpreter<Taylor> machine = new(wide) { Bends = Bends.Find(wide, Seeds(failing.ToArray(), taking)) };
        try
        {
            _values.CopyTo(machine.Values.AsSpan(0, _values.Length));
            machine.Forward();
            if (!path.ResultVaries)
            {
                sums.Value += machine.Values[path.Result] * taking;
                machine.Adjoints[path.Result] = Taylor.Constant(taking);
            }
            for (int lane = 0; path.ResultVaries && lane < path.Width; lane++)
            {
                if ((failing[lane / VectorWidth.Block] >> lane % VectorWidth.Block & 1) != 0)
                    continue;
                sums.Value += machine.Values[path.Result + lane];
                machine.Adjoints[path.Result + lane] = Taylor.Constant(1);
            }
            if (!_withBars)
                return;
            machine.Reverse();
            for (int i = 0; i < _values.Length; i++)
                sums.Bars[i] += machine.Adjoints[i];
        }
        finally
        {
            machine.Values.Release();
            machine.Adjoints.Release();
        }
    }

    /// <summary>Carries the adjoints of what all rows share back to x; adds the derivatives of f and of its gradient, order by
    /// order.</summary>
    public void Finish(RowSeries sums, Span<double> derivatives, Span<double> gradients)
    {
        for (int k = 0; k < derivatives.Length; k++)
            derivatives[k] += sums.Value[k];
        if (!_withBars)
            return;
        sums.Bars.CopyTo(_uniform.Adjoints.AsSpan(0, sums.Bars.Length));
        ReadOnlySpan<UniformStep> steps = _point.Path.UniformSteps;
        for (int i = steps.Length - 1; i >= 0; i--)
            steps[i].Operation.Reverse(_uniform, steps[i].A, steps[i].B, steps[i].Slot);
        int n = _point.Path.InputCount;
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < derivatives.Length; k++)
                gradients[k * n + i] += Zeros.Live(_uniform.Adjoints[i][k]);
        }
    }

    /// <summary>Gives the memory back; the curve is not to be used after this.</summary>
    public void Release()
    {
        _uniform.Values.Release();
        _uniform.Adjoints.Release();
    }
}
