namespace AutoDiff.Engine;

/// <summary>A kink that a run of a lambda met: its argument is z = <see cref="U"/> − <see cref="W"/>.</summary>
internal sealed class TracedKink
{
    public required KinkKind Kind { get; init; }

    /// <summary>The operation's name.</summary>
    public required string Operation { get; init; }

    /// <summary>The operation's operands.</summary>
    public required double[] Operands { get; init; }

    public required KinkOperand U { get; init; }

    public required KinkOperand W { get; init; }

    /// <summary>How many instructions the lambda had recorded before.</summary>
    public required int Instruction { get; init; }

    /// <summary>Which element of an array operation; 0 for a scalar one.</summary>
    public required int Element { get; init; }

    /// <summary>The row of data; −1 if there is none.</summary>
    public required int Row { get; init; }

    /// <summary>Where z was taken to lie; <see cref="Sides.None"/> for a singularity, which chooses nothing.</summary>
    public Sides Taken { get; init; }

    /// <summary>Where it might have been taken to lie instead, with other results.</summary>
    public Sides[] Others { get; init; } = [];

    public double Argument => U.Value - W.Value;

    /// <summary>|z|/‖∇z‖: 0 where z vanishes, ∞ where it does not depend on the variables.</summary>
    public double Distance { get; set; }

    /// <summary>Whether only rounding keeps z from zero.</summary>
    public bool IsAtZero => Math.Abs(Argument) <= Rounding * (Math.Abs(U.Value) + Math.Abs(W.Value));

    private const double Rounding = 4.0 / (1L << 53);
}
