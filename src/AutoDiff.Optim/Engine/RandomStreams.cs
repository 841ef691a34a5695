namespace AutoDiff.Optim.Engine;

/// <summary>Which of a seed's streams serves what, so that one use never changes another's numbers.</summary>
internal static class RandomStreams
{
    /// <summary>The method's own randomness.</summary>
    public const ulong Method = 0;

    /// <summary>The order of mini-batches.</summary>
    public const ulong Batches = 1;

    /// <summary>Signs of the rounding perturbations.</summary>
    public const ulong RoundOff = 2;

    /// <summary>Points around one that is to be classified.</summary>
    public const ulong Surroundings = 3;

    /// <summary>Points at which symmetries are looked for along a path.</summary>
    public const ulong Symmetry = 4;

    /// <summary>The first learning-rate schedule that needs random numbers; those it is composed with follow.</summary>
    public const ulong Schedules = 10;

    /// <summary>The first verdict; those after escapes follow.</summary>
    public const ulong Verdict = 1000;
}
