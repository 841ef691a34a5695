using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>The values of a schedule at one point, for products with the Jacobian.</summary>
internal sealed class ScheduledVectorLinearization(Program program, Schedule schedule, ScheduleWorkspace point) : VectorLinearization
{
    // The same by the sweeps, once a product was not finite.
    private VectorLinearization? _swept;

    public override int Inputs => program.Dimension;

    public override int Outputs => schedule.Outputs;

    public override void CopyValues(Span<double> values) => schedule.CopyResults(point, values);

    public override void Push(ReadOnlySpan<double> v, Span<double> result)
    {
        ScheduleWorkspace w = Enter();
        schedule.Push(w, v, result);
        Leave(w);
        if (!Finite.AreAll(result))
            Swept().Push(v, result);
    }

    public override void Pull(ReadOnlySpan<double> u, Span<double> result)
    {
        ScheduleWorkspace w = Enter();
        schedule.Pull(w, u, result);
        Leave(w);
        if (!Finite.AreAll(result))
            Swept().Pull(u, result);
    }

    public override void CopyJacobian(Span<double> rows)
    {
        double[] unit = new double[Math.Min(Inputs, Outputs)];
        bool forward = Inputs < Outputs;
        double[] column = forward ? new double[Outputs] : [];
        for (int i = 0; i < unit.Length; i++)
        {
            unit[i] = 1;
            if (forward)
            {
                Push(unit, column);
                JacobianSweeps.Put(column, rows, Inputs, i);
            }
            else
            {
                Pull(unit, rows.Slice(i * Inputs, Inputs));
            }
            unit[i] = 0;
        }
    }

    public override void Release()
    {
        _swept?.Release();
        program.ReturnWorkspace(point);
    }

    // Adjoints and tangents of its own, the values of the point.
    private ScheduleWorkspace Enter()
    {
        ScheduleWorkspace w = program.TakeWorkspace();
        w.ShareValues(point);
        return w;
    }

    private void Leave(ScheduleWorkspace w)
    {
        w.ShareValues(null);
        program.ReturnWorkspace(w);
    }

    private VectorLinearization Swept() => Once.Make(ref _swept, () => program.SweepVectorAgain(point), s => s.Release());
}
