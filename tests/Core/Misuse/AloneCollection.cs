namespace AutoDiff.Tests.Misuse;

/// <summary>Tests that measure or set what the whole process shares; nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
