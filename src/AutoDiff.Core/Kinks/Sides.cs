namespace AutoDiff;

/// <summary>Where the argument of a kink may lie: below its zero, at it, above it, or in several of these.</summary>
[Flags]
public enum Sides
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>Below zero.</summary>
    Negative = 1,

    /// <summary>At zero.</summary>
    Zero = 2,

    /// <summary>Above zero.</summary>
    Positive = 4,

    /// <summary>Anywhere.</summary>
    All = Negative | Zero | Positive,
}
