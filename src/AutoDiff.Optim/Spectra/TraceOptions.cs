using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>How accurately <see cref="Spectrum.Trace"/> works, and how long.</summary>
public sealed record TraceOptions
{
    /// <summary>The estimator. Default: <see cref="TraceMethod.XTrace"/>.</summary>
    public TraceMethod Method { get; init => field = Require.Defined(value); } = TraceMethod.XTrace;

    /// <summary>The estimate is good enough when its standard error is at most this, in the units of the trace. Default: 0,
    /// never.</summary>
    public double StandardError { get; init => field = Require.NotNegative(value); }

    /// <summary>The estimate is good enough when its standard error is at most this fraction of its magnitude. Default: 0.01.</summary>
    public double RelativeStandardError { get; init => field = Require.NotNegative(value); } = 0.01;

    /// <summary>The most products with the operator. Default: 300.</summary>
    public int MaximumProducts { get; init; } = 300;

    /// <summary>The fewest random vectors before a standard error is believed. Default: 10.</summary>
    public int MinimumProbes { get; init => field = Require.AtLeast(value, 2); } = 10;

    /// <summary>The sketch's vectors for <see cref="TraceMethod.HutchPlusPlus"/>; 0 stands for a third of
    /// <see cref="MaximumProducts"/>.</summary>
    public int SketchSize { get; init => field = Require.NotNegative(value); }

    /// <summary>The seed of the random vectors.</summary>
    public ulong Seed { get; init; } = 1;

    internal bool Accepts(double value, double error) => error <= Math.Max(StandardError, RelativeStandardError * Math.Abs(value));

    internal void Check()
    {
        int least = Method == TraceMethod.Hutchinson ? MinimumProbes : Method == TraceMethod.XTrace ? 2 * MinimumProbes
            : 2 * SketchSize + MinimumProbes;
        if (MaximumProducts < Math.Max(least, 3))
            throw new ArgumentOutOfRangeException(
                nameof(MaximumProducts), MaximumProducts,
                $"{Method} with {MinimumProbes} probes needs at least {Math.Max(least, 3)} products.");
    }

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(TraceOptions), PrintMembers);
}
