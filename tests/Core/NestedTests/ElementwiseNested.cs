using AutoDiff.Engine;

namespace AutoDiff.Tests.Core.NestedTests;

/// <summary>
/// The oracle: nested derivatives by the reference interpreter over recorded scalars, one number at a time. The gradient is its reverse run
/// over <see cref="Var"/>, tangents and Hessian-vector products its runs over dual numbers of <see cref="Var"/>.
/// </summary>
internal static class ElementwiseNested
{
    public static VarVector Vjp(Func<VarVector, VarVector> f, VarVector x, VarVector u)
    {
        (Interpreter<Var> machine, int first) = Run(f, x, (v, _) => v, slot => slot, x, out VarVector y);
        for (int i = 0; i < y.Length && !y.IsConstant; i++)
            machine.Adjoints[y[i].Slot] += u[i];
        machine.Reverse();
        return Collect(machine, first, x.Length, adjoint => adjoint);
    }

    public static VarVector Jvp(Func<VarVector, VarVector> f, VarVector x, VarVector v)
    {
        (Interpreter<Jet<Var>> machine, _) = Run(f, x, (value, dot) => new Jet<Var>(value, dot), Jet<Var>.Constant, v, out VarVector y);
        if (y.IsConstant)
            return new double[y.Length];
        machine.Forward();
        Var[] tangents = new Var[y.Length];
        for (int i = 0; i < tangents.Length; i++)
            tangents[i] = machine.Values[y[i].Slot].Tangent;
        return VarVector.Of(tangents);
    }

    public static VarVector Gradient(Func<VarVector, Var> f, VarVector x) => Vjp(p => VarVector.Of(f(p)), x, new[] { 1.0 });

    public static VarVector Hvp(Func<VarVector, Var> f, VarVector x, VarVector v)
    {
        (Interpreter<Jet<Var>> machine, int first) =
            Run(p => VarVector.Of(f(p)), x, (value, dot) => new Jet<Var>(value, dot), Jet<Var>.Constant, v, out VarVector y);
        machine.Forward();
        if (!y.IsConstant)
            machine.Adjoints[y[0].Slot] = Jet<Var>.Constant(1);
        machine.Reverse();
        return Collect(machine, first, x.Length, adjoint => adjoint.Tangent);
    }

    private static (Interpreter<T> Machine, int FirstInput) Run<T>(
        Func<VarVector, VarVector> f, VarVector x, Func<Var, Var, T> input, Func<Var, T> outside, VarVector v, out VarVector y)
        where T : struct, IScalar<T>
    {
        Recorder recorder = Recorder.Current!;
        DataOperation.Record(recorder, [0.0]);
        VarVector inputs = x.IsConstant ? DataOperation.Record(recorder, x.View.Expand())
            : Structured.Linear<Rules.Copy>(x.View, 1, x.Length);
        (int firstInstruction, int firstSlot, int firstInput) =
            (recorder.InstructionCount, recorder.SlotCount, recorder.SlotCount - x.Length);
        y = f(inputs);
        y.Live("The lambda's result");
        int end = recorder.SlotCount;
        Interpreter<T> machine =
            new(recorder.Flush(), firstInstruction, recorder.InstructionCount, firstInput, firstSlot, end, slot => outside(Handle(slot)));
        for (int slot = firstInput; slot < end; slot++)
            machine.Values[slot] = slot < firstSlot ? input(Handle(slot), v[slot - firstInput]) : outside(Handle(slot));
        return (machine, firstInput);

        Var Handle(int slot) => new(recorder, recorder.EpochWord | (uint)slot);
    }

    private static VarVector Collect<T>(Interpreter<T> machine, int first, int length, Func<T, Var> select) where T : struct, IScalar<T>
    {
        Var[] adjoints = new Var[length];
        for (int i = 0; i < length; i++)
            adjoints[i] = select(machine.Adjoints[first + i]);
        return VarVector.Of(adjoints);
    }
}
