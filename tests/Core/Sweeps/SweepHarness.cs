using AutoDiff.Engine;
using AutoDiff.Tests.House;

namespace AutoDiff.Tests.Core.Sweeps;

/// <summary>
/// One recording of y = f(x), on which every sweep can be run by hand in each kind of arithmetic, beside the reference interpreter.
/// Dispose it on the thread that made it.
/// </summary>
internal sealed unsafe class SweepHarness : IDisposable
{
    private readonly Recorder _recorder;
    private readonly Recording? _recording;
    private readonly Workspace? _workspace;
    private readonly double[] _x;
    private readonly int _output;

    public SweepHarness(Func<VarVector, VarVector> f, double[] x)
    {
        _x = x;
        _recorder = Recorder.Begin(x);
        VarVector y = f(_recorder.Inputs);
        Value = [.. y.View.Expand()];
        if (y.IsConstant)
            return;
        _output = y.Length == 0 ? 0 : y[0].Slot;
        _recording = _recorder.Seal();
        _workspace = Workspace.Rent(_recording);
    }

    /// <summary>y, as it was recorded.</summary>
    public double[] Value { get; }

    public int InstructionCount => _recording?.InstructionCount ?? 0;

    /// <summary>y at another point, by replay.</summary>
    public double[] Replay(double[] x)
    {
        if (_workspace is null)
            return Value;
        double[] before = [.. new ReadOnlySpan<double>(_workspace.Values, _recording!.SlotCount)];
        x.CopyTo(new Span<double>(_workspace.Values, x.Length));
        PrimalSweep.Run(_workspace);
        double[] y = Take(_workspace.Values, _output, Value.Length);
        before.CopyTo(new Span<double>(_workspace.Values, before.Length));
        return y;
    }

    /// <summary>J ẋ.</summary>
    public double[] Tangent<D>(double[] xDot) where D : unmanaged, ITangent<D>
    {
        if (_workspace is null)
            return new double[Value.Length];
        RunTangent<D>(xDot);
        return Take(_workspace.Dots, _output, Value.Length);
    }

    /// <summary>J ẋ for eight directions in one sweep.</summary>
    public double[][] TangentOfEight(double[][] directions)
    {
        if (_workspace is null)
            return [.. directions.Select(_ => new double[Value.Length])];
        RunTangentOfEight(directions);
        return TakeEight(_workspace.Dots, _output, Value.Length);
    }

    /// <summary>Jᵀȳ.</summary>
    public double[] Adjoint<D>(double[] yBar) where D : unmanaged, ITangent<D>
    {
        if (_workspace is null)
            return new double[_x.Length];
        RunAdjoint<D>(yBar);
        return Take(_workspace.Bars, 0, _x.Length);
    }

    /// <summary>∇²⟨ȳ, f⟩·v.</summary>
    public double[] Hvp<D>(double[] yBar, double[] v) where D : unmanaged, ITangent<D>
    {
        if (_workspace is null)
            return new double[_x.Length];
        RunAdjoint<D>(yBar);
        RunR<D>(v);
        return Take(_workspace.BarDots, 0, _x.Length);
    }

    /// <summary>∇²⟨ȳ, f⟩·v for eight directions in one sweep.</summary>
    public double[][] HvpOfEight(double[] yBar, double[][] directions)
    {
        if (_workspace is null)
            return [.. directions.Select(_ => new double[_x.Length])];
        RunAdjoint<Plain>(yBar);
        RunTangentOfEight(directions);
        _workspace.ReserveBarDots(Eight.Count);
        new Span<Eight>((Eight*)_workspace.BarDots, _recording!.SlotCount).Clear();
        ROperator<Eight>.Run(_workspace);
        return TakeEight(_workspace.BarDots, 0, _x.Length);
    }

    /// <summary>The bytes that one more product allocates, once warm.</summary>
    public long BytesOfRepeatedHvp(double[] yBar, double[] v)
    {
        if (_workspace is null)
            return 0;
        RunAdjoint<Plain>(yBar);
        for (int i = 0; i < 3; i++)
            RunR<Plain>(v);
        return Allocation.Least(() => RunR<Plain>(v));
    }

    /// <summary>y and Jᵀȳ by the reference interpreter over plain numbers.</summary>
    public (double[] Value, double[] Adjoint) Reference(double[] yBar)
    {
        if (_recording is null)
            return (Value, new double[_x.Length]);
        Interpreter<Real> machine = new(_recording);
        for (int i = 0; i < _x.Length; i++)
            machine.Values[i] = new Real(_x[i]);
        machine.Forward();
        for (int i = 0; i < yBar.Length; i++)
            machine.Adjoints[_output + i] = new Real(yBar[i]);
        machine.Reverse();
        return ([.. Enumerable.Range(_output, Value.Length).Select(i => machine.Values[i].Value)],
            [.. Enumerable.Range(0, _x.Length).Select(i => machine.Adjoints[i].Value)]);
    }

    /// <summary>J v and ∇²⟨ȳ, f⟩·v by the reference interpreter over dual numbers.</summary>
    public (double[] Tangent, double[] Hvp) Reference(double[] yBar, double[] v)
    {
        if (_recording is null)
            return (new double[Value.Length], new double[_x.Length]);
        Interpreter<Jet<Real>> machine = new(_recording);
        for (int i = 0; i < _x.Length; i++)
            machine.Values[i] = new Jet<Real>(new Real(_x[i]), new Real(Zeros.Constant(v[i])));
        machine.Forward();
        for (int i = 0; i < yBar.Length; i++)
            machine.Adjoints[_output + i] = Jet<Real>.Constant(yBar[i]);
        machine.Reverse();
        return ([.. Enumerable.Range(_output, Value.Length).Select(i => machine.Values[i].Tangent.Value)],
            [.. Enumerable.Range(0, _x.Length).Select(i => machine.Adjoints[i].Tangent.Value)]);
    }

    public void Dispose()
    {
        _workspace?.Return();
        _recorder.End();
    }

    private void RunTangent<D>(double[] xDot) where D : unmanaged, ITangent<D>
    {
        _workspace!.ReserveDots(1);
        _workspace.KnowsBars = false;
        SecondOrder.Seed<D>(xDot, new Span<double>(_workspace.Dots, xDot.Length));
        TangentSweep<D>.Run(_workspace);
    }

    private void RunTangentOfEight(double[][] directions)
    {
        _workspace!.ReserveDots(Eight.Count);
        for (int k = 0; k < Eight.Count; k++)
            Directions.Put(directions[k], _workspace.Dots, 0, k);
        TangentSweep<Eight>.Run(_workspace);
    }

    private void RunAdjoint<D>(double[] yBar) where D : unmanaged, ITangent<D>
    {
        _workspace!.ReserveBars();
        new Span<D>((D*)_workspace.Bars, _recording!.SlotCount).Fill(D.None);
        SecondOrder.Seed<D>(yBar, new Span<double>(_workspace.Bars + _output, yBar.Length));
        AdjointSweep<D>.Run(_workspace);
    }

    private void RunR<D>(double[] v) where D : unmanaged, ITangent<D>
    {
        RunTangent<D>(v);
        _workspace!.ReserveBarDots(1);
        new Span<D>((D*)_workspace.BarDots, _recording!.SlotCount).Fill(D.None);
        ROperator<D>.Run(_workspace);
    }

    private static double[] Take(double* block, int slot, int length) =>
        [.. new ReadOnlySpan<double>(block + slot, length).ToArray().Select(Zeros.Live)];

    private static double[][] TakeEight(double* block, int slot, int length)
    {
        double[][] results = new double[Eight.Count][];
        for (int k = 0; k < Eight.Count; k++)
            results[k] = [.. Directions.Take(block, slot, k, new double[length])];
        return results;
    }
}
