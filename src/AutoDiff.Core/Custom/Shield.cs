namespace AutoDiff.Engine;

/// <summary>An empty recording around code that computes plain numbers: a variable of the recording under way that it captured throws there
/// instead of moving that recording's memory.</summary>
internal readonly ref struct Shield
{
    private readonly Recorder _recorder;

    private Shield(Recorder recorder) => _recorder = recorder;

    public static Shield Raise() => new(Recorder.Begin([]));

    public void Dispose() => _recorder.End();
}
