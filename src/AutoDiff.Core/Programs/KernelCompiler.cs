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
    private const int MostSteps = 1600, DeepestNesting = 24, MostAccumulators = 8;

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
    private readonly int[] _uses, _inputOf;
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
        int[] depth = new int[_steps.Length];
        for (int i = 0; i < _steps.Length; i++)
        {
            KernelStep step = _steps[i];
            // What is needed once is computed where it is needed, unless that nests too deep.
            if (step.Operation is not null)
            {
                depth[i] = 1 + Math.Max(depth[step.A], step.B < 0 ? 0 : depth[step.B]);
                if (_uses[i] > 1 || _uses[i] == 1 && depth[i] >= DeepestNesting)
                {
                    depth[i] = 0;
                    Operate(i);
                    _locals[i] = _il.DeclareLocal(s_vector);
                    _il.Emit(OpCodes.Stloc, _locals[i]!);
                }
            }
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

    private void Push(int i)
    {
        KernelStep step = _steps[i];
        if (_locals[i] is { } local)
        {
            _il.Emit(OpCodes.Ldloc, local);
        }
        else if (step.IsConstant)
        {
            _il.Emit(OpCodes.Ldc_R8, step.Constant);
            _il.Emit(OpCodes.Call, s_create);
        }
        else if (step.IsInput)
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
        else
        {
            Operate(i);
        }
    }

    private void Operate(int i)
    {
        KernelStep step = _steps[i];
        Type rule = step.Operation!.Rule;
        if (step.Product >= 0)
            Fused(step.Product, step.Product == step.B ? step.A : step.B, rule == typeof(Subtract));
        else if (rule == typeof(Square))
        {
            Push(step.A);
            Push(step.A);
            _il.Emit(OpCodes.Call, s_arithmetic[typeof(Multiply)]);
        }
        else
        {
            Push(step.A);
            if (step.B >= 0)
                Push(step.B);
            _il.Emit(OpCodes.Call, s_arithmetic.TryGetValue(rule, out MethodInfo? known) ? known : step.Operation.Method);
        }
    }

    // sum ± x·y, rounded once.
    private void Fused(int product, int sum, bool isNegated)
    {
        Push(_steps[product].A);
        if (isNegated)
            _il.Emit(OpCodes.Call, s_arithmetic[typeof(Negate)]);
        Push(_steps[product].B);
        Push(sum);
        _il.Emit(OpCodes.Call, s_fused);
    }

    // The operators are instructions to the just-in-time compiler; Vector512.Add and the like are functions, which in long methods it
    // leaves as calls.
    [UnconditionalSuppressMessage("Trimming", "IL2080", Justification = "Lanes use the same operators of vectors, so that they are kept.")]
    private static MethodInfo Operator(string name, int arity) =>
        s_vector.GetMethod(name, [.. Enumerable.Repeat(s_vector, arity)])!;
}
