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

    // Adjoints of what all rows share, where tangents of norms that are 0 have to know them.
    private double[]? _bars;

    public RowPath Path { get; }

    /// <summary>What the lambda did at one row, with the values at this point.</summary>
    public Recording Uniform { get; }

    public ReadOnlySpan<double> Values => new(Uniform.Values, Path.UniformCount);

    /// <summary>
    /// Takes up what the rows add to the adjoints of what they share. True if that makes tangents others than before: where a norm is 0 as
    /// its adjoint is, it follows the direction (see <see cref="Workspace.KnowsBars"/>).
    /// </summary>
    public bool TryBend(double[] sums)
    {
        if (!Path.HasUniformNorms)
            return false;
        Workspace w = Workspace.Rent(Uniform);
        try
        {
            w.ReserveBars();
            sums.CopyTo(new Span<double>(w.Bars, sums.Length));
            CarryBack<Plain>(w);
            w.KnowsBars = true;
            foreach (ref readonly UniformStep step in Path.UniformSteps)
            {
                if (step.Operation.IsBent && w.HasBend(step.Slot, step.Operation.IsArray ? step.B : 1))
                {
                    _bars = new ReadOnlySpan<double>(w.Bars, Path.UniformCount).ToArray();
                    return true;
                }
            }
            return false;
        }
        finally
        {
            w.Return();
        }
    }

    /// <summary>ẋ of what is the same for all rows.</summary>
    public double[] Tangents(ReadOnlySpan<double> v)
    {
        double[] dots = Carried<Plain>(v);
        if (Finite.AreAll(dots))
            return dots;
        dots = Carried<Absolute>(v);
        Zeros.Forget(dots);
        return dots;
    }

    /// <summary>The same tangents, telling structural zeros from others (see <see cref="Zeros"/>).</summary>
    public double[][] MarkedTangents(double[][] dots) => Array.ConvertAll(dots, d => Carried<Absolute>(d.AsSpan(0, Path.InputCount)));

    private double[] Carried<D>(ReadOnlySpan<double> v) where D : unmanaged, ITangent<D>
    {
        Workspace w = Workspace.Rent(Uniform);
        try
        {
            w.ReserveDots(1);
            Span<double> dots = new(w.Dots, Path.UniformCount);
            CarryForward<D>(w, v, dots);
            return dots.ToArray();
        }
        finally
        {
            w.Return();
        }
    }

    private void CarryForward<D>(Workspace w, ReadOnlySpan<double> v, Span<double> all) where D : unmanaged, ITangent<D>
    {
        if (_bars is not null)
        {
            w.ReserveBars();
            _bars.CopyTo(new Span<double>(w.Bars, _bars.Length));
            w.KnowsBars = true;
        }
        if (typeof(D) == typeof(Absolute))
            w.LookAtInputs();
        Zeros.Clear<D>(w.Dots, 0, all.Length);
        SecondOrder.Seed<D>(v, all);
        foreach (ref readonly UniformStep step in Path.UniformSteps)
            Select<D>(step).Tangent(w, step.A, step.B, step.Slot);
    }

    /// <summary>
    /// Carries the adjoints of what is the same for all rows back to x, and their tangents; adds them to the gradient and to the products,
    /// of which there is one for each array of tangents. False, and nothing is added, if something is not finite in IEEE arithmetic; with
    /// absolute zeros, for which the sums have to tell structural ones, it is added whatever it is.
    /// </summary>
    public bool TryFinish<D>(double[] bars, double[][] barDots, double[][] dots, Span<double> gradient, Span<double> products)
        where D : unmanaged, ITangent<D>
    {
        Workspace w = Workspace.Rent(Uniform);
        try
        {
            int n = Path.InputCount;
            bool mayFail = typeof(D) == typeof(Plain) && Path.UniformSteps.Length > 0;
            w.ReserveBars();
            bars.CopyTo(new Span<double>(w.Bars, bars.Length));
            CarryBack<D>(w);
            if (mayFail && !Finite.AreAll(w.Bars, n))
                return false;
            double[] found = new double[products.Length];
            w.KnowsBars = true;
            for (int k = 0; k < dots.Length; k++)
            {
                w.ReserveDots(1);
                w.ReserveBarDots(1);
                dots[k].CopyTo(new Span<double>(w.Dots, dots[k].Length));
                barDots[k].CopyTo(new Span<double>(w.BarDots, barDots[k].Length));
                ReadOnlySpan<UniformStep> steps = Path.UniformSteps;
                for (int i = steps.Length - 1; i >= 0; i--)
                    Select<D>(steps[i]).AdjointTangent(w, steps[i].A, steps[i].B, steps[i].Slot);
                if (mayFail && !Finite.AreAll(w.BarDots, n))
                    return false;
                new ReadOnlySpan<double>(w.BarDots, n).CopyTo(found.AsSpan(k * n));
            }
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] += w.Bars[i];
            for (int i = 0; i < found.Length; i++)
                products[i] += found[i];
            return true;
        }
        finally
        {
            w.Return();
        }
    }

    private static TangentKernels Select<D>(in UniformStep step) where D : unmanaged, ITangent<D>
    {
        OperationKernels kernels = step.Kernels;
        return D.Select(in kernels);
    }

    private void CarryBack<D>(Workspace w) where D : unmanaged, ITangent<D>
    {
        if (typeof(D) == typeof(Absolute))
            w.LookAtInputs();
        ReadOnlySpan<UniformStep> steps = Path.UniformSteps;
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            OperationKernels kernels = steps[i].Kernels;
            D.SelectAdjoint(in kernels)(w, steps[i].A, steps[i].B, steps[i].Slot);
        }
    }

    /// <summary>Gives the memory back; the point is not to be used after this.</summary>
    public void Release() => RecordingPool.Return(Uniform);
}
