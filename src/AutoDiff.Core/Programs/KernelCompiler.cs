using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using AutoDiff.Rules;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>
/// The function that a kernel becomes: operand k is scalar k if its stream is a broadcast, and otherwise runs from pointer k on; output k
/// is added to the first numbers of cell k, as many as a register holds, or written from the k-th multiple of a distance on. It goes from
/// the first instance to the end a register at a time, one at least.
/// </summary>
internal unsafe delegate void KernelFunction(
    double* scalars, double** pointers, double* cells, double* results, nint distance, nint first, nint end);

/// <summary>
/// Generates one function for a kernel: all steps for as many instances as a register holds, intermediate numbers in registers, reductions
/// in the function itself. Only where code can be generated and the machine fuses x·y + z; everywhere else tiles are interpreted. A product
/// that one sum uses is fused with it, which rounds once instead of twice.
/// </summary>
[RequiresDynamicCode("Generates code; callers look at RuntimeFeature.IsDynamicCodeCompiled first.")]
internal sealed class KernelCompiler
{
    private static readonly Type s_vector = VectorWidth.Lanes switch
    {
        8 => typeof(Vector512<double>),
        4 => typeof(Vector256<double>),
        _ => typeof(Vector128<double>),
    };

    // Past these the just-in-time compiler optimizes no more, or takes too long.
    private const int MostSteps = 1600, MostAccumulators = 8;

    private static readonly Dictionary<Type, MethodInfo> s_arithmetic = new()
    {
        [typeof(Add)] = Operator("op_Addition", 2),
        [typeof(Subtract)] = Operator("op_Subtraction", 2),
        [typeof(Multiply)] = Operator("op_Multiply", 2),
        [typeof(Divide)] = Operator("op_Division", 2),
        [typeof(Negate)] = Operator("op_UnaryNegation", 1),
        [typeof(Sqrt)] = (VectorWidth.Lanes switch
        {
            8 => (Delegate)(Func<Vector512<double>, Vector512<double>>)Vector512.Sqrt,
            4 => (Func<Vector256<double>, Vector256<double>>)Vector256.Sqrt,
            _ => (Func<Vector128<double>, Vector128<double>>)Vector128.Sqrt,
        }).Method,
    };

    private static readonly MethodInfo s_fused = (VectorWidth.Lanes switch
    {
        8 => (Delegate)(Func<Vector512<double>, Vector512<double>, Vector512<double>, Vector512<double>>)Vector512.FusedMultiplyAdd,
        4 => (Func<Vector256<double>, Vector256<double>, Vector256<double>, Vector256<double>>)Vector256.FusedMultiplyAdd,
        _ => (Func<Vector128<double>, Vector128<double>, Vector128<double>, Vector128<double>>)Vector128.FusedMultiplyAdd,
    }).Method;

    private static readonly MethodInfo s_create = (VectorWidth.Lanes switch
    {
        8 => (Delegate)(Func<double, Vector512<double>>)Vector512.Create,
        4 => (Func<double, Vector256<double>>)Vector256.Create,
        _ => (Func<double, Vector128<double>>)Vector128.Create,
    }).Method;

    private readonly KernelStep[] _steps;
    private readonly KernelInput[] _inputs;
    private readonly int[] _uses, _inputOf, _need;
    private readonly Stack<LocalBuilder> _free = [];
    private readonly LocalBuilder?[] _locals;
    private readonly ILGenerator _il;
    private readonly LocalBuilder _offset;

    private KernelCompiler(ILGenerator il, KernelStep[] steps, KernelInput[] inputs, KernelOutput[] outputs)
    {
        (_il, _steps, _inputs) = (il, steps, inputs);
        _offset = il.DeclareLocal(typeof(nint)); // In bytes.
        _locals = new LocalBuilder?[steps.Length];
        _uses = new int[steps.Length];
        _inputOf = new int[steps.Length];
        _need = new int[steps.Length];
        for (int k = 0; k < inputs.Length; k++)
            _inputOf[inputs[k].Step] = k;
        foreach (KernelOutput output in outputs)
            _uses[output.Step]++;
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            KernelStep step = steps[i];
            if (step.Operation is null || _uses[i] == 0)
                continue;
            Use(step, step.A);
            if (step.B >= 0)
                Use(step, step.B);
        }

        // A fused product is not needed itself; its operands are.
        void Use(KernelStep user, int operand)
        {
            if (operand == user.Product)
            {
                _uses[steps[operand].A]++;
                _uses[steps[operand].B]++;
                return;
            }
            _uses[operand] += user.Operation!.Rule == typeof(Square) ? 2 : 1;
        }
    }

    /// <summary>The function of a kernel, or null if it would be too long.</summary>
    public static KernelFunction? Compile(KernelStep[] steps, KernelInput[] inputs, KernelOutput[] outputs)
    {
        if (steps.Length > MostSteps)
            return null;
        Type[] parameters = [typeof(double*), typeof(double**), typeof(double*), typeof(double*), typeof(nint), typeof(nint), typeof(nint)];
        DynamicMethod method = new("Kernel", typeof(void), parameters, typeof(KernelCompiler).Module, true);
        new KernelCompiler(method.GetILGenerator(), steps, inputs, outputs).Emit(outputs);
        return method.CreateDelegate<KernelFunction>();
    }

    private void Emit(KernelOutput[] outputs)
    {
        // Few sums are kept in registers; many would only displace what is worked on.
        int sums = outputs.Count(o => o.IsReduced);
        LocalBuilder?[] accumulators = new LocalBuilder?[outputs.Length];
        for (int k = 0; k < outputs.Length && sums <= MostAccumulators; k++)
        {
            if (!outputs[k].IsReduced)
                continue;
            accumulators[k] = _il.DeclareLocal(s_vector);
            Cell(k);
            _il.Emit(OpCodes.Ldobj, s_vector);
            _il.Emit(OpCodes.Stloc, accumulators[k]!);
        }
        Label loop = _il.DefineLabel();
        Bytes(5);
        _il.Emit(OpCodes.Stloc, _offset);
        _il.MarkLabel(loop);
        ILookup<int, int> outputsOf = Enumerable.Range(0, outputs.Length).ToLookup(k => outputs[k].Step);
        for (int i = 0; i < _steps.Length; i++)
        {
            if (_steps[i].Operation is not null)
                _need[i] = Need(i);
            // What is needed once is computed where it is needed.
            if (_uses[i] > 1 && _steps[i].Operation is not null)
                Keep(i);
            // At once, lest all results be under way together.
            foreach (int k in outputsOf[i])
                Output(k, outputs[k], accumulators[k]);
        }
        _il.Emit(OpCodes.Ldloc, _offset);
        _il.Emit(OpCodes.Ldc_I4, VectorWidth.Lanes * sizeof(double));
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, _offset);
        _il.Emit(OpCodes.Ldloc, _offset);
        Bytes(6);
        _il.Emit(OpCodes.Blt, loop);
        for (int k = 0; k < outputs.Length; k++)
        {
            if (accumulators[k] is not { } accumulator)
                continue;
            Cell(k);
            _il.Emit(OpCodes.Ldloc, accumulator);
            _il.Emit(OpCodes.Stobj, s_vector);
        }
        _il.Emit(OpCodes.Ret);
    }

    private void Output(int k, KernelOutput output, LocalBuilder? accumulator)
    {
        // Nothing waits on the stack while something is computed: it would take a register meanwhile.
        if (IsNested(output.Step))
            Keep(output.Step);
        if (accumulator is not null)
        {
            _il.Emit(OpCodes.Ldloc, accumulator);
            Push(output.Step);
            _il.Emit(OpCodes.Call, s_arithmetic[typeof(Add)]);
            _il.Emit(OpCodes.Stloc, accumulator);
            return;
        }
        if (output.IsReduced)
        {
            Cell(k);
            Cell(k);
            _il.Emit(OpCodes.Ldobj, s_vector);
            Push(output.Step);
            _il.Emit(OpCodes.Call, s_arithmetic[typeof(Add)]);
        }
        else
        {
            _il.Emit(OpCodes.Ldarg_3);
            _il.Emit(OpCodes.Ldarg, 4);
            _il.Emit(OpCodes.Ldc_I4, k * sizeof(double));
            _il.Emit(OpCodes.Conv_I);
            _il.Emit(OpCodes.Mul);
            _il.Emit(OpCodes.Add);
            _il.Emit(OpCodes.Ldloc, _offset);
            _il.Emit(OpCodes.Add);
            Push(output.Step);
        }
        _il.Emit(OpCodes.Unaligned, (byte)1);
        _il.Emit(OpCodes.Stobj, s_vector);
    }

    // An argument in bytes.
    private void Bytes(short argument)
    {
        _il.Emit(OpCodes.Ldarg, argument);
        _il.Emit(OpCodes.Ldc_I4, sizeof(double));
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Mul);
    }

    private void Cell(int k)
    {
        _il.Emit(OpCodes.Ldarg_2);
        _il.Emit(OpCodes.Ldc_I4, k * VectorWidth.Block * sizeof(double));
        _il.Emit(OpCodes.Add);
    }

    // What is neither kept nor read from memory.
    private bool IsNested(int i) => _steps[i].Operation is not null && _locals[i] is null;

    // Registers that a nested step needs if the operand that needs most is computed first (R. Sethi, J. D. Ullman, J. ACM 17, 1970).
    private int Need(int i)
    {
        Span<int> needs = stackalloc int[3];
        int count = Operands(i, needs);
        foreach (ref int operand in needs[..count])
            operand = IsNested(operand) ? _need[operand] : 0;
        needs[..count].Sort();
        int need = 1;
        for (int k = 0; k < count; k++)
            need = Math.Max(need, needs[count - 1 - k] + k);
        return need;
    }

    // The operands in the order in which the instruction takes them.
    private int Operands(int i, Span<int> operands)
    {
        KernelStep step = _steps[i];
        if (step.Product >= 0)
        {
            KernelStep product = _steps[step.Product];
            (operands[0], operands[1], operands[2]) = (product.A, product.B, step.Product == step.B ? step.A : step.B);
            return 3;
        }
        operands[0] = step.A;
        operands[1] = step.Operation!.Rule == typeof(Square) ? step.A : step.B;
        return operands[1] >= 0 ? 2 : 1;
    }

    // Computes a step into a local variable.
    private void Keep(int i)
    {
        Operate(i);
        _il.Emit(OpCodes.Stloc, _locals[i] = Local());
    }

    private LocalBuilder Local() => _free.TryPop(out LocalBuilder? free) ? free : _il.DeclareLocal(s_vector);

    private void Push(int i)
    {
        KernelStep step = _steps[i];
        if (_locals[i] is { } local)
        {
            _il.Emit(OpCodes.Ldloc, local);
            if (--_uses[i] == 0)
                _free.Push(local);
        }
        else if (step.IsConstant)
        {
            _il.Emit(OpCodes.Ldc_R8, step.Constant);
            _il.Emit(OpCodes.Call, s_create);
        }
        else
        {
            int k = _inputOf[i];
            _il.Emit(_inputs[k].IsBroadcast ? OpCodes.Ldarg_0 : OpCodes.Ldarg_1);
            _il.Emit(OpCodes.Ldc_I4, k * sizeof(double));
            _il.Emit(OpCodes.Add);
            if (_inputs[k].IsBroadcast)
            {
                _il.Emit(OpCodes.Ldind_R8);
                _il.Emit(OpCodes.Call, s_create);
                return;
            }
            _il.Emit(OpCodes.Ldind_I);
            _il.Emit(OpCodes.Ldloc, _offset);
            _il.Emit(OpCodes.Add);
            _il.Emit(OpCodes.Unaligned, (byte)1);
            _il.Emit(OpCodes.Ldobj, s_vector);
        }
    }

    // Leaves the result on the stack, which holds nothing before: nested operands first, the one that needs most registers at their head.
    private void Operate(int i)
    {
        KernelStep step = _steps[i];
        Type rule = step.Operation!.Rule;
        Span<int> operands = stackalloc int[3];
        operands = operands[..Operands(i, operands)];
        bool isKept = false;
        for (; NeediestOf(operands) is int nested and >= 0; isKept = true)
            Keep(nested);
        // The just-in-time compiler puts a short computation back to where its result is needed, if that is the next statement: after a
        // first operand that would wait in a register meanwhile. So that is made a statement of its own.
        LocalBuilder? first = null;
        if (isKept && _locals[operands[0]] is null)
        {
            Push(operands[0]);
            _il.Emit(OpCodes.Stloc, first = Local());
            _free.Push(first);
        }
        for (int k = 0; k < operands.Length; k++)
        {
            if (k == 0 && first is not null)
                _il.Emit(OpCodes.Ldloc, first);
            else
                Push(operands[k]);
            if (k == 0 && step.Product >= 0 && rule == typeof(Subtract))
                _il.Emit(OpCodes.Call, s_arithmetic[typeof(Negate)]);
        }
        if (step.Product >= 0)
            _il.Emit(OpCodes.Call, s_fused); // sum ± x·y, rounded once.
        else if (rule == typeof(Square))
            _il.Emit(OpCodes.Call, s_arithmetic[typeof(Multiply)]);
        else
            _il.Emit(OpCodes.Call, s_arithmetic.TryGetValue(rule, out MethodInfo? known) ? known : step.Operation.Method);
    }

    private int NeediestOf(ReadOnlySpan<int> operands)
    {
        int neediest = -1;
        foreach (int operand in operands)
        {
            if (IsNested(operand) && (neediest < 0 || _need[operand] > _need[neediest]))
                neediest = operand;
        }
        return neediest;
    }

    // The operators are instructions to the just-in-time compiler; Vector512.Add and the like are functions, which in long methods it
    // leaves as calls.
    [UnconditionalSuppressMessage("Trimming", "IL2080", Justification = "Lanes use the same operators of vectors, so that they are kept.")]
    private static MethodInfo Operator(string name, int arity) =>
        s_vector.GetMethod(name, [.. Enumerable.Repeat(s_vector, arity)])!;
}
