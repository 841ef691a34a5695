using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>The values and adjoints of a schedule at one point.</summary>
internal sealed unsafe class ScheduledLinearization(Program program, Schedule schedule, ScheduleWorkspace point, double value)
    : Linearization
{
    // The same by the sweeps, once a product was not finite or derivatives along a curve were asked for.
    private Linearization? _swept;

    public override double Value => value;

    public override int OperationCount => program.OperationCount;

    public override void Multiply(ReadOnlySpan<double> vectors, Span<double> results)
    {
        int n = program.Dimension;
        ScheduleWorkspace w = program.TakeWorkspace();
        try
        {
            w.Share(point);
            // The sweeps, if they have to judge, need the direction: a single one that the result would overwrite is kept till then.
            bool overlaps = vectors.Overlaps(results), isSingle = vectors.Length == n;
            if (overlaps && !isSingle)
                vectors = vectors.ToArray();
            int count = n == 0 ? 0 : vectors.Length / n;
            for (int done = 0; done < count;)
            {
                int together = count - done >= Schedule.MostDirections ? Schedule.MostDirections : 1;
                schedule.Multiply(w, vectors.Slice(done * n, together * n));
                for (int d = 0; d < together; d++, done++)
                {
                    Span<double> result = results.Slice(done * n, n);
                    if (overlaps && isSingle && !Finite.AreAll(w.BarDots(d), n) || !Finite.Copy(w.BarDots(d), result))
                        Swept().Multiply(vectors.Slice(done * n, n), result);
                }
            }
        }
        finally
        {
            w.Share(null);
            program.ReturnWorkspace(w);
        }
    }

    public override void Expand(ReadOnlySpan<double> path, Span<double> derivatives, Span<double> gradients) =>
        Swept().Expand(path, derivatives, gradients);

    public override bool TryBoundRounding(Span<double> gradientErrors, out double valueError) =>
        Swept().TryBoundRounding(gradientErrors, out valueError);

    public override void Release()
    {
        _swept?.Release();
        program.ReturnWorkspace(point);
    }

    private Linearization Swept() => Once.Make(ref _swept, () => program.SweepAgain(point), s => s.Release());
}
