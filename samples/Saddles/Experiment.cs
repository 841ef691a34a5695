namespace AutoDiff.Samples.Saddles;

/// <summary>A part of the sample; its name is the command that runs it alone.</summary>
internal sealed record Experiment(string Name, string Description, Action<Options> Run);
