namespace AutoDiff.Engine;

/// <summary>What stands for numbers of a recording, or may: its text counts as a value that left, unless it is asked for by this.</summary>
internal interface IRecorded
{
    /// <summary>The numbers as text that leaves no mark.</summary>
    string ToLogText();
}
