namespace AutoDiff.Engine;

/// <summary>A recording run over <see cref="Taylor"/> numbers: the derivatives by t of f(x(t)), and of ∇f(x(t)) by a reverse run.</summary>
internal static unsafe class TaylorSweep
{
    /// <summary>
    /// Writes dᵏ/dtᵏ f(x(t)) at t = 0 for every order k that <paramref name="derivatives"/> has room for, and likewise, unless
    /// <paramref name="gradients"/> is empty, dᵏ/dtᵏ ∇f(x(t)), one order after another. x(0) is the recording's point;
    /// <paramref name="path"/> holds x′, x″, … at 0, as many as there are, the others being zero. <paramref name="result"/> is the slot of
    /// f.
    /// </summary>
    public static void Run(Recording recording, int result, ReadOnlySpan<double> path, Span<double> derivatives, Span<double> gradients)
    {
        recording.VerifyReferences();
        int n = recording.InputCount, order = derivatives.Length - 1;
        Interpreter<Taylor> machine =
            new(recording) { Bends = order < 2 && gradients.IsEmpty ? null : Bends.Find(recording, w => w.Bars[result] = 1) };
        try
        {
            Along(new ReadOnlySpan<double>(recording.Values, n), path, order, machine.Values.AsSpan(0, n));
            machine.Forward();
            Taylor value = machine.Values[result];
            for (int k = 0; k <= order; k++)
                derivatives[k] = Zeros.Live(value[k]);
            if (gradients.IsEmpty)
                return;
            machine.Adjoints[result] = Taylor.Constant(1);
            machine.Reverse();
            for (int i = 0; i < n; i++)
            {
                Taylor bar = machine.Adjoints[i];
                for (int k = 0; k <= order; k++)
                    gradients[k * n + i] = Zeros.Live(bar[k]);
            }
        }
        finally
        {
            machine.Values.Release();
            machine.Adjoints.Release();
        }
    }

    /// <summary>The point x(0) and the derivatives that <paramref name="path"/> holds, as one number for each variable.</summary>
    public static void Along(ReadOnlySpan<double> point, ReadOnlySpan<double> path, int order, Span<Taylor> curve)
    {
        int n = point.Length;
        Span<double> x = stackalloc double[order + 1];
        for (int i = 0; i < n; i++)
        {
            x.Clear();
            x[0] = point[i];
            for (int k = 1; k <= order && k * n <= path.Length; k++)
                x[k] = path[(k - 1) * n + i];
            curve[i] = Taylor.Along(x);
        }
    }
}
