namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>What a step does. Registers s[·] hold scalars, registers v[·] arrays.</summary>
public enum Op
{
    // Scalars.
    Unary, Binary, BinaryConstant, PowerConstant, FusedMultiplyAdd, StopGradient, CustomRule,

    // Arrays, element by element.
    UnaryArray, BinaryArrays, ArrayScalar, ScalarArray, ArrayConstant, ArrayNumbers, FusedMultiplyAddArray, PowerArray, CustomRuleArray,
        Choice,

    // Arrays as a whole.
    Shift, Gather, Splice, ScatterAdd, Pack, Softmax, LogSoftmax, CumulativeSum, MatrixVector, MatrixMatrix, Solve, SolveTriangular,
        ColumnSums, CustomArray,

    // From arrays to scalars.
    Element, Sum, Dot, Norm, LogSumExp, Mean, Product, Largest, Smallest, LogDeterminant, Determinant,

    // Data and differentiation inside.
    DataScalar, DataArray, Label, CrossEntropy, InnerGradient, InnerHvp, InnerJvp, InnerVjp, InnerRows,

    // Control.
    If, While, Loop,
}

/// <summary>One step of a program. Which fields it reads depends on <see cref="Op"/>; every combination means something, so that whatever a
/// shrinker leaves is a program.</summary>
public sealed record Step(Op Op, int To, int A, int B, int C, int Function, double Number)
{
    public int[] Indices { get; init; } = [0];

    public Step[] Then { get; init; } = [];

    public Step[] Else { get; init; } = [];

    public Routine? Inner { get; init; }
}

/// <summary>A program as data: registers, steps, and which registers add up to the result.</summary>
public sealed record Routine(int Inputs, int Scalars, int[] Lengths, Step[] Body)
{
    /// <summary>Bit k: scalar register k counts in the result; bit 16 + k: array register k does.</summary>
    public int Results { get; init; } = -1;

    /// <summary>How many numbers a row has; 0: the program has no rows. The last number of a row is a label, 0, 1 or 2.</summary>
    public int RowLength { get; init; }

    /// <summary>The rows, one after another.</summary>
    public double[] Rows { get; init; } = [];

    /// <summary>Declared parameters.</summary>
    public double[] Data { get; init; } = [];

    /// <summary>All steps, inner ones too.</summary>
    public IEnumerable<Step> Steps => Body.SelectMany(Within);

    private static IEnumerable<Step> Within(Step step) =>
        [step, .. step.Then.SelectMany(Within), .. step.Else.SelectMany(Within), .. step.Inner?.Steps ?? []];
}
