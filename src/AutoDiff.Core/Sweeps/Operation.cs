using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>Kernels of one kind of tangent: tangent sweep and tangent-adjoint sweep.</summary>
internal unsafe struct TangentKernels
{
    public delegate*<Workspace, int, int, int, void> Tangent;
    public delegate*<Workspace, int, int, int, void> AdjointTangent;
}

/// <summary>
/// How the sweeps carry out an operation: static functions of the workspace, the two operands and the (first) result slot. Filled once from
/// the rule; the sweeps call through it, so there is one indirect call per instruction and no virtual one.
/// </summary>
internal unsafe struct OperationKernels
{
    public delegate*<Workspace, int, int, int, void> Primal;
    public delegate*<Workspace, int, int, int, void> AdjointPlain;
    public delegate*<Workspace, int, int, int, void> AdjointAbsolute;
    public TangentKernels Plain, Absolute, Eight;
}

/// <summary>What an operation on arrays is made of: elements to compute, and the products of matrix products.</summary>
internal readonly record struct OperationParts(long Elements, long Products = 0);

/// <summary>
/// An operation that instructions name by code: its kernels for the fast sweeps, and its meaning over any number type for the reference
/// interpreter and for recorded derivatives.
/// </summary>
internal abstract unsafe class Operation
{
    private const int Capacity = 8192;

    private static readonly Operation?[] s_operations = new Operation?[Capacity];
    private static readonly OperationKernels[] s_kernels = GC.AllocateArray<OperationKernels>(Capacity, pinned: true);
    private static readonly OperationKernels* s_table = (OperationKernels*)Unsafe.AsPointer(ref s_kernels[0]);
    private static readonly Lock s_lock = new();
    private static int s_count = OpCode.FirstInTable;

    /// <summary>The rule's name, for messages and listings.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the operation writes a block of slots rather than one.</summary>
    public virtual bool IsArray => false;

    /// <summary>Whether results are norms (|x|, √(x² + y²), ‖u‖), whose derivative at 0 is taken as the middle, 0.</summary>
    public virtual bool IsBent => false;

    /// <summary>Whether it is known to have no kink, jump or singularity anywhere.</summary>
    public virtual bool IsSmooth => !IsUserCode;

    /// <summary>Whether it runs code of the user's, which may throw.</summary>
    public virtual bool IsUserCode => false;

    /// <summary>The operands' values, for a scalar operation.</summary>
    public virtual double[] ScalarOperands(Recording recording, int a, int b) => [];

    /// <summary>What an operation on arrays does element by element; null if it is more than that.</summary>
    public virtual OperationParts? Parts(Recording recording, int a, int b) => null;

    /// <summary>The fast sweeps' functions.</summary>
    public abstract OperationKernels Kernels { get; }

    /// <summary>The operation over <typeparamref name="T"/>.</summary>
    public abstract void Forward<T>(Interpreter<T> machine, int a, int b, int result) where T : struct, IScalar<T>;

    /// <summary>Adds the operation's contributions to the adjoints of its operands, over <typeparamref name="T"/>.</summary>
    public abstract void Reverse<T>(Interpreter<T> machine, int a, int b, int result) where T : struct, IScalar<T>;

    /// <summary>Whether derivatives by the stretch's inputs may flow through the operation; if true needlessly, more is recorded than need
    /// be.</summary>
    public virtual bool IsDependent(Dependence slots, int a, int b) => true;

    /// <summary>Records ȳᵀ·∂y/∂operands of an array operation and adds it to the operands' adjoints; by default element by
    /// element.</summary>
    public virtual void RecordAdjoint(RecordedAdjoint sweep, int a, VarVector y, VarVector yBar) => sweep.RunElementwise(this, a, y, yBar);

    /// <summary>Records the operation for many rows of data at once, if it can, and notes where its results stand.</summary>
    public virtual Lift Widen(Widening rows, int a, int b, int result) => Lift.None;

    /// <summary>The kernels, indexed by code without the array flag; the memory never moves.</summary>
    public static OperationKernels* Table
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_table;
    }

    public static Operation Get(ushort code) => s_operations[code & ~OpCode.ArrayFlag] ?? Inline(code);

    // The sweeps carry these themselves, so nothing has registered them yet.
    private static Operation Inline(ushort code)
    {
        Operation operation = code switch
        {
            OpCode.Add => new BinaryOperation<Rules.Add, SlotOperand, SlotOperand>(),
            OpCode.Subtract => new BinaryOperation<Rules.Subtract, SlotOperand, SlotOperand>(),
            OpCode.Multiply => new BinaryOperation<Rules.Multiply, SlotOperand, SlotOperand>(),
            OpCode.Divide => new BinaryOperation<Rules.Divide, SlotOperand, SlotOperand>(),
            OpCode.Negate => new UnaryOperation<Rules.Negate>(),
            OpCode.Square => new UnaryOperation<Rules.Square>(),
            OpCode.AddConstant => new BinaryOperation<Rules.Add, SlotOperand, ConstantOperand>(),
            OpCode.ConstantMinus => new BinaryOperation<Rules.Subtract, ConstantOperand, SlotOperand>(),
            OpCode.MultiplyConstant => new BinaryOperation<Rules.Multiply, SlotOperand, ConstantOperand>(),
            OpCode.DivideConstant => new BinaryOperation<Rules.Divide, SlotOperand, ConstantOperand>(),
            OpCode.ConstantDivide => new BinaryOperation<Rules.Divide, ConstantOperand, SlotOperand>(),
            _ => throw new InvalidOperationException($"No operation has the code {code}."),
        };
        return s_operations[code] = operation;
    }

    /// <summary>Gives an operation its code, for the life of the process.</summary>
    public static ushort Register(Operation operation)
    {
        for (ushort code = 0; code <= OpCode.LastInline; code++)
        {
            if (Get(code).GetType() == operation.GetType())
                return code;
        }
        lock (s_lock)
        {
            int known = Array.FindIndex(s_operations, 0, s_count, o => o?.GetType() == operation.GetType());
            if (known >= 0)
                return (ushort)(operation.IsArray ? known | OpCode.ArrayFlag : known);
            if (s_count == Capacity)
                throw new InvalidOperationException(
                    $"More than {Capacity} distinct operations: rules are types, not instances; carry parameters as constant operands.");
            int code = s_count++;
            s_operations[code] = operation;
            s_kernels[code] = operation.Kernels;
            return (ushort)(operation.IsArray ? code | OpCode.ArrayFlag : code);
        }
    }
}
