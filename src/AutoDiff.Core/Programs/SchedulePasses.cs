namespace AutoDiff.Engine;

/// <summary>Which passes make a schedule, for tests: without any one of them it gives the same derivatives, only more slowly.</summary>
internal sealed record SchedulePasses
{
    /// <summary>What schedules are made by.</summary>
    public static SchedulePasses Current { get; set; } = new();

    /// <summary>Functions of equal arguments are one node (<see cref="Engine.CommonSubexpressions"/>).</summary>
    public bool CommonSubexpressions { get; init; } = true;

    /// <summary>Long additions become sums of many terms (<see cref="Engine.LongSums"/>).</summary>
    public bool LongSums { get; init; } = true;

    /// <summary>Adjoints that do not depend on the point are found (<see cref="Engine.KnownAdjoints"/>).</summary>
    public bool KnownAdjoints { get; init; } = true;

    /// <summary>Operations join into expressions (<see cref="Engine.Cones"/>); otherwise each is one by itself.</summary>
    public bool Cones { get; init; } = true;

    /// <summary>Instances are sorted by the places of their operands.</summary>
    public bool Sorting { get; init; } = true;

    /// <summary>Recordings are scheduled only where it pays.</summary>
    public bool OnlyWhereItPays { get; init; } = true;
}
