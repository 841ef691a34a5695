using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// A recording of scalars on its way to a <see cref="Schedule"/>: the same instructions by the slot that they write, its guards as further
/// instructions, and beside them what the passes find out. The passes, in their order: <see cref="CommonSubexpressions"/>, <see
/// cref="LiveNodes"/>, <see cref="LongSums"/>, <see cref="KnownAdjoints"/>, <see cref="Cones"/>, <see cref="Patterns"/>, <see
/// cref="Layout"/>.
/// </summary>
internal sealed unsafe class Graph
{
    /// <summary>Codes beside those of operations: inputs, data, sums of many terms, and what is not to be carried out by itself.</summary>
    public const ushort Input = 0xFFFF, Datum = 0xFFFE, Sum = 0xFFFD, Unused = 0xFFFC;

    /// <summary>An operand that is not there. Other operands are nodes, or complements of the index of a constant.</summary>
    public const int None = int.MinValue;

    public readonly Recording Recording;

    /// <summary>By node.</summary>
    public ushort[] Code;

    /// <summary>Operands by node.</summary>
    public int[] A, B;

    public int Count;

    /// <summary>The nodes of f(x), or complements of indices of constants.</summary>
    public readonly int[] Results;

    /// <summary>Whether the result is one number, whose adjoint is 1; otherwise adjoints of results are chosen later.</summary>
    public readonly bool IsScalar;

    /// <summary>The sum, which must be zero, of the guards that do not hold; -1 if there are no guards.</summary>
    public int Violations = -1;

    /// <summary>The terms of the sums, by their node.</summary>
    public readonly SortedDictionary<int, int[]> Terms = [];

    /// <summary>How often live nodes refer to a node.</summary>
    public int[] Uses = [];

    /// <summary>Adjoints that do not depend on the point; NaN where they do.</summary>
    public double[] KnownAdjoint = [];

    /// <summary>The cone of each node; <see cref="NoCone"/> for leaves and what is not carried out.</summary>
    public int[] Cone = [];

    /// <summary>The last node of each cone.</summary>
    public int[] Roots = [];

    public const int NoCone = -1;

    private readonly byte[] _kinds = new byte[ushort.MaxValue + 1];

    private Graph(ScalarForm form, bool isScalar, int capacity)
    {
        (Recording, Results, IsScalar) = (form.Recording, form.Results, isScalar);
        (Code, A, B) = (new ushort[capacity], new int[capacity], new int[capacity]);
    }

    /// <summary>The graph, or null if the recording holds operations that are not elementwise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    public static Graph? Of(ScalarForm form, bool isScalar)
    {
        Recording recording = form.Recording;
        Graph graph = new(form, isScalar, recording.SlotCount + MostNodesOfGuard * form.Guards.Length + 1);
        graph.Code.AsSpan(0, recording.InputCount).Fill(Input);
        graph.Count = recording.InputCount;
        for (int i = 0; i < recording.InstructionCount; i++)
        {
            ushort code = recording.Codes[i];
            Operands operands = recording.Operands[i];
            if (code == DataOperation.Code)
            {
                graph.Code.AsSpan(graph.Count, operands.B).Fill(Datum);
                graph.Count += operands.B;
            }
            else if (graph.Kind(code) is var (x, y) && x != OperandKind.None)
            {
                graph.Add(code, Operand(x, operands.A), Operand(y, operands.B));
            }
            else
            {
                return null;
            }
        }
        List<int> violations = [];
        foreach (Guard guard in form.Guards)
            violations.Add(graph.Violation(guard));
        if (violations.Count > 0)
        {
            graph.Violations = graph.Add(Sum, None, None);
            graph.Terms[graph.Violations] = [.. violations];
        }
        return graph;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Operand(OperandKind kind, int operand) => kind switch
    {
        OperandKind.Slot => operand,
        OperandKind.Constant => ~operand,
        _ => None,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (OperandKind X, OperandKind Y) Kind(ushort code)
    {
        ref byte kind = ref _kinds[code];
        if (kind == 0)
            kind = code < OpCode.ArrayFlag && Operation.Get(code) is ScalarOperation operation
                ? (byte)(1 + (int)operation.Left + 4 * (int)operation.Right) : (byte)1;
        return ((OperandKind)((kind - 1) & 3), (OperandKind)((kind - 1) >> 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsLeaf(int node) => Code[node] >= Datum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Add(ushort code, int a, int b)
    {
        (Code[Count], A[Count], B[Count]) = (code, a, b);
        return Count++;
    }

    private const int MostNodesOfGuard = 10;

    // 1 where the guard does not hold, otherwise 0.
    private int Violation(Guard guard)
    {
        (int x, int y) = (guard.X, guard.Y);
        int holds = guard.Comparison switch
        {
            Comparison.Greater => Binary<Rules.IsAbove>(x, y),
            Comparison.Less => Binary<Rules.IsAbove>(y, x),
            Comparison.GreaterOrEqual => Binary<Rules.IsAtLeast>(x, y),
            Comparison.LessOrEqual => Binary<Rules.IsAtLeast>(y, x),
            Comparison.Same => AreSame(x, y),
            _ => AreEqual(x, y),
        };
        return (guard.Comparison != Comparison.NotEqual) == guard.Outcome ? Not(holds) : holds;
    }

    private int AreEqual(int x, int y) => Binary<Rules.Both>(Binary<Rules.IsAtLeast>(x, y), Binary<Rules.IsAtLeast>(y, x));

    // Equal or both NaN, which exclude each other.
    private int AreSame(int x, int y)
    {
        if (x >= 0 && y >= 0)
            return Add(OpCode.Add, AreEqual(x, y), Binary<Rules.Both>(IsNaN(x), IsNaN(y)));
        (int constant, int slot) = x < 0 ? (x, y) : (y, x);
        return double.IsNaN(Recording.Constants[~constant]) ? IsNaN(slot) : AreEqual(x, y);
    }

    // The only number that is not at least itself.
    private int IsNaN(int x) => Not(Binary<Rules.IsAtLeast>(x, x));

    private int Not(int x) => Add(UnaryOperation<Rules.Not>.Code, x, None);

    private int Binary<TRule>(int x, int y) where TRule : struct, IBinaryRule<TRule> => Add(
        x < 0 ? BinaryOperation<TRule, ConstantOperand, SlotOperand>.Code
        : y < 0 ? BinaryOperation<TRule, SlotOperand, ConstantOperand>.Code
        : BinaryOperation<TRule, SlotOperand, SlotOperand>.Code, x, y);
}
