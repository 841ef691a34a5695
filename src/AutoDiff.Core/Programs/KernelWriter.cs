using AutoDiff.Rules;

namespace AutoDiff.Engine;

/// <summary>The blocks of memory that streams run over.</summary>
internal enum Space : byte
{
    Values,
    Dots,
    Bars,
    BarDots,
    Constants,
}

/// <summary>A group's stream, by number, in a block of memory that a kernel reads; see <see cref="GroupPlan.StreamOf"/>. Tangents, and
/// tangents of adjoints, have a block for each direction.</summary>
internal readonly record struct KernelInput(Space Space, int Stream, bool IsBroadcast, int Step, int Direction = 0)
{
    /// <summary>Whether it differs from direction to direction.</summary>
    public bool IsDirected => Space is Space.Dots or Space.BarDots;
}

/// <summary>A group's stream, by number, in a block of memory that a kernel writes to or, if it accumulates, adds to.</summary>
internal readonly record struct KernelOutput(Space Space, int Stream, bool IsBroadcast, int Step, bool Accumulates, int Direction = 0)
{
    /// <summary>Whether the kernel itself adds the numbers up.</summary>
    public bool IsReduced => Accumulates && IsBroadcast;
}

/// <summary>Puts a kernel together: inputs, formula, outputs.</summary>
internal sealed class KernelWriter(GroupPlan plan, KernelUse use)
{
    private readonly KernelTape _tape = new();
    private readonly List<(Space Space, int Stream)> _inputs = [];
    private readonly List<KernelOutput> _outputs = [];

    public Symbol Input(Space space, int stream)
    {
        int index = _inputs.IndexOf((space, stream));
        if (index < 0)
        {
            index = _inputs.Count;
            _inputs.Add((space, stream));
        }
        return _tape.Input(index, space is not (Space.Values or Space.Constants));
    }

    public void Output(Space space, int stream, Symbol value, bool accumulates) =>
        _outputs.Add(new KernelOutput(space, stream, plan.StreamOf(stream).IsBroadcast, _tape.Step(value), accumulates));

    /// <summary>The kernel, of the steps that its outputs need.</summary>
    public Kernel Finish()
    {
        bool[] needed = new bool[_tape.Steps.Count];
        foreach (KernelOutput output in _outputs)
            needed[output.Step] = true;
        for (int i = needed.Length - 1; i >= 0; i--)
        {
            if (!needed[i] || _tape.Steps[i].Operation is null)
                continue;
            needed[_tape.Steps[i].A] = true;
            if (_tape.Steps[i].B >= 0)
                needed[_tape.Steps[i].B] = true;
        }
        int[] moved = new int[needed.Length];
        List<KernelStep> steps = [];
        List<KernelInput> inputs = [];
        for (int i = 0; i < needed.Length; i++)
        {
            if (!needed[i])
                continue;
            moved[i] = steps.Count;
            KernelStep step = _tape.Steps[i];
            if (step.IsInput)
                inputs.Add(new KernelInput(
                    _inputs[step.A].Space, _inputs[step.A].Stream, plan.StreamOf(_inputs[step.A].Stream).IsBroadcast, steps.Count));
            steps.Add(step.Operation is null ? step : step with { A = moved[step.A], B = step.B < 0 ? -1 : moved[step.B] });
        }
        KernelOutput[] outputs = [.. _outputs.Select(o => o with { Step = moved[o.Step] })];
        return new Kernel(Fused(steps, outputs), [.. inputs], outputs, use);
    }

    // Decides which products are fused with sums: here, so that a formula for many directions is rounded like that for one.
    private static KernelStep[] Fused(List<KernelStep> steps, KernelOutput[] outputs)
    {
        int[] uses = new int[steps.Count];
        foreach (KernelStep step in steps)
        {
            if (step.Operation is null)
                continue;
            uses[step.A]++;
            if (step.B >= 0)
                uses[step.B]++;
        }
        foreach (KernelOutput output in outputs)
            uses[output.Step]++;
        return [.. steps.Select(s => s with { Product = Product(s) })];

        int Product(KernelStep step) =>
            step.IsExact ? -1
            : step.Operation?.Rule == typeof(Add) ? IsOwn(step.B) ? step.B : IsOwn(step.A) ? step.A : -1
            : step.Operation?.Rule == typeof(Subtract) && IsOwn(step.B) ? step.B
            : -1;

        bool IsOwn(int i) => uses[i] == 1 && steps[i].Operation?.Rule == typeof(Multiply);
    }
}
