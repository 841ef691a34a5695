using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>A way through a row lambda at one point: the values of what is the same for all rows. Safe to read from many threads.</summary>
internal sealed unsafe class RowPoint
{
    public RowPoint(RowPath path, Recording recorded)
    {
        Path = path;
        Uniform = path.TakeUniform();
        new ReadOnlySpan<double>(recorded.Values, recorded.SlotCount).CopyTo(new Span<double>(Uniform.Values, recorded.SlotCount));
    }

    public RowPath Path { get; }

    /// <summary>What the lambda did at one row, with the values at this point.</summary>
    public Recording Uniform { get; }

    public ReadOnlySpan<double> Values => new(Uniform.Values, Path.UniformCount);

    /// <summary>ẋ of what is the same for all rows.</summary>
    public double[] Tangents(ReadOnlySpan<double> v)
    {
        Workspace w = Workspace.Rent(Uniform);
        try
        {
            w.ReserveDots(1);
            double[] dots = new double[Path.UniformCount];
            Span<double> all = new(w.Dots, dots.Length);
            CarryForward(w, v, all, false);
            if (!Finite.AreAll(w.Dots, dots.Length))
                CarryForward(w, v, all, true);
            all.CopyTo(dots);
            return dots;
        }
        finally
        {
            w.Return();
        }
    }

    private void CarryForward(Workspace w, ReadOnlySpan<double> v, Span<double> all, bool absolute)
    {
        all.Clear();
        v.CopyTo(all);
        foreach (ref readonly UniformStep step in Path.UniformSteps)
            (absolute ? step.Kernels.Absolute : step.Kernels.Plain).Tangent(w, step.A, step.B, step.Slot);
    }

    /// <summary>
    /// Carries the adjoints of what is the same for all rows back to x, and their tangents; adds them to the gradient and to the products, of
    /// which there is one for each array of tangents.
    /// </summary>
    public void Finish(double[] bars, double[][] barDots, double[][] dots, Span<double> gradient, Span<double> products)
    {
        Workspace w = Workspace.Rent(Uniform);
        try
        {
            int n = Path.InputCount;
            w.ReserveBars();
            CarryBack(w, w.Bars, bars, n, &Adjoint, &AdjointAbsolute);
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] += w.Bars[i];
            for (int k = 0; k < dots.Length; k++)
            {
                w.ReserveDots(1);
                w.ReserveBarDots(1);
                dots[k].CopyTo(new Span<double>(w.Dots, dots[k].Length));
                CarryBack(w, w.BarDots, barDots[k], n, &AdjointTangent, &AdjointTangentAbsolute);
                for (int i = 0; i < n; i++)
                    products[k * n + i] += w.BarDots[i];
            }
        }
        finally
        {
            w.Return();
        }
    }

    private void CarryBack(
        Workspace w, double* block, double[] seed, int n, delegate*<Workspace, in UniformStep, void> plain, delegate*<Workspace, in UniformStep, void> absolute)
    {
        Run(w, block, seed, plain);
        if (Path.UniformSteps.Length > 0 && !Finite.AreAll(block, n))
            Run(w, block, seed, absolute);
    }

    private void Run(Workspace w, double* block, double[] seed, delegate*<Workspace, in UniformStep, void> kernel)
    {
        ReadOnlySpan<UniformStep> steps = Path.UniformSteps;
        seed.CopyTo(new Span<double>(block, seed.Length));
        for (int i = steps.Length - 1; i >= 0; i--)
            kernel(w, in steps[i]);
    }

    private static void Adjoint(Workspace w, in UniformStep step) => step.Kernels.AdjointPlain(w, step.A, step.B, step.Slot);

    private static void AdjointAbsolute(Workspace w, in UniformStep step) => step.Kernels.AdjointAbsolute(w, step.A, step.B, step.Slot);

    private static void AdjointTangent(Workspace w, in UniformStep step) => step.Kernels.Plain.AdjointTangent(w, step.A, step.B, step.Slot);

    private static void AdjointTangentAbsolute(Workspace w, in UniformStep step) => step.Kernels.Absolute.AdjointTangent(w, step.A, step.B, step.Slot);

    /// <summary>Gives the memory back; the point is not to be used after this.</summary>
    public void Release() => RecordingPool.Return(Uniform);
}
