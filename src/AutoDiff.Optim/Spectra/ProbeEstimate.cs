namespace AutoDiff.Optim;

/// <summary>A mean over random probes.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">Its standard error, from the probes' scatter.</param>
public readonly record struct ProbeEstimate(double Value, double StandardError);
