using System.Numerics.Tensors;

namespace AutoDiff.Engine;

/// <summary>
/// How far kinks are from the point, |z|/‖∇z‖: from tangents along all axes where there are few, otherwise from eight random directions,
/// and then by an adjoint sweep for each of those nearest.
/// </summary>
internal sealed unsafe class KinkDistances
{
    // Variables whose tangents are all taken.
    private const int AxisLimit = 64;

    // How much nearer than eight random directions say a kink may well be.
    private const double Doubt = 10;

    private readonly IReadOnlyList<TracedKink> _kinks;
    private readonly RecordedAdjoint _dependence;
    private readonly bool _isExact;

    public KinkDistances(Recorder recorder, IReadOnlyList<TracedKink> kinks)
    {
        _kinks = kinks;
        Recording recording = recorder.Flush();
        _isExact = recording.InputCount <= AxisLimit;
        _dependence = new RecordedAdjoint(recorder, 0, recording.InputCount, recording.InputCount);
        Estimate(recording);
    }

    /// <summary>Whether no distance is an estimate.</summary>
    public bool AreExact => _isExact;

    /// <summary>The kinks that may be within the radius, nearest first, but no more than <paramref name="most"/>.</summary>
    public IReadOnlyList<TracedKink> Nearest(double radius, int most) =>
        [.. _kinks.Where(k => k.Distance <= (_isExact ? 1 : Doubt) * radius && double.IsFinite(k.Distance)).OrderBy(k => k.Distance).Take(
            most)];

    /// <summary>Measures exactly the distances of kinks whose arguments have been recorded.</summary>
    public void Measure(Recording recording, IReadOnlyDictionary<TracedKink, Results> arguments)
    {
        if (_isExact)
            return;
        Workspace w = Workspace.Rent(recording);
        try
        {
            foreach ((TracedKink kink, Results z) in arguments)
            {
                Adjoints.Run(w, z.First);
                kink.Distance = Distance(kink, TensorPrimitives.Norm(new ReadOnlySpan<double>(w.Bars, recording.InputCount)));
            }
        }
        finally
        {
            w.Return();
        }
    }

    private void Estimate(Recording recording)
    {
        if (_kinks.Count == 0)
            return;
        double[] squares = new double[_kinks.Count];
        int n = recording.InputCount;
        SeededGenerator random = new(1);
        Workspace w = Workspace.Rent(recording);
        try
        {
            w.ReserveDots(Eight.Count);
            double[] direction = new double[n];
            for (int first = 0; first < (_isExact ? n : Eight.Count); first += Eight.Count)
            {
                for (int k = 0; k < Eight.Count; k++)
                {
                    for (int i = 0; i < n; i++)
                        direction[i] = !_isExact ? random.NextNormal() / Math.Sqrt(Eight.Count) : i == first + k ? 1 : 0;
                    Directions.Put(direction, w.Dots, 0, k);
                }
                TangentSweep<Eight>.Run(w);
                for (int j = 0; j < squares.Length; j++)
                    squares[j] += Square(w.Dots, _kinks[j]);
            }
        }
        finally
        {
            w.Return();
        }
        for (int j = 0; j < squares.Length; j++)
            _kinks[j].Distance = Distance(_kinks[j], Math.Sqrt(squares[j]));
    }

    private static double Square(double* dots, TracedKink kink)
    {
        double sum = 0;
        for (int k = 0; k < Eight.Count; k++)
        {
            double change = (kink.U.IsConstant ? 0 : dots[(long)kink.U.Slot * Eight.Count + k]) - (
                kink.W.IsConstant ? 0 : dots[(long)kink.W.Slot * Eight.Count + k]);
            sum += change * change;
        }
        return sum;
    }

    // A slope that is not known, being NaN, makes the kink one at the point.
    private double Distance(TracedKink kink, double slope)
    {
        bool depends = (!kink.U.IsConstant && _dependence.IsVariable(kink.U.Slot))
            || (!kink.W.IsConstant && _dependence.IsVariable(kink.W.Slot));
        if (!depends)
            return double.PositiveInfinity;
        if (kink.IsAtZero || double.IsNaN(slope))
            return 0;
        return Math.Abs(kink.Argument) / slope;
    }
}
