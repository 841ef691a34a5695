using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>Looks for values that a lambda read out of its recording.</summary>
internal static class EscapedValue
{
    /// <summary>Why the recording at <paramref name="x"/> holds for that point only, or null.</summary>
    public static string? Reason(Objective f, ReadOnlySpan<double> x)
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            f.Evaluate(recorder);
            return recorder.Flush().EscapedValue;
        }
        finally
        {
            recorder.End();
        }
    }
}
