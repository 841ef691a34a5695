using System.Runtime.Intrinsics;
using AutoDiff.Engine;

namespace AutoDiff.Tests.Laws;

/// <summary>A function under differentiation.</summary>
public delegate Var Function(ReadOnlySpan<Var> x);

/// <summary>Every way in which the engine differentiates a recorded function, on its own and in small.</summary>
internal static unsafe class Modes
{
    /// <summary>What all modes together say about a recorded function at one point.</summary>
    public sealed record Outcome(double Value, double[] Gradient, double[,] Hessian);

    /// <summary>Runs all modes, lets <paramref name="verdict"/> note where they differ, and hands each mode's outcome to
    /// <paramref name="judge"/>.</summary>
    /// <remarks>The terms of the first derivative are as large as <paramref name="magnitude"/>, if larger than their sum. A function in
    /// which eight lanes and one number round differently gives how far, relatively; otherwise all ways but Hessians agree to the
    /// bit.</remarks>
    public static void Run(
        string name, Function f, double[] x, Verdict verdict, Action<string, Outcome> judge, double magnitude = 0, double rounding = 0)
    {
        int n = x.Length;
        Recorder recorder = Recorder.Begin(x);
        try
        {
            Var[] inputs = [.. Enumerable.Range(0, n).Select(i => recorder.Inputs[i])];
            Var y = f(inputs);
            if (y.IsConstant)
            {
                judge($"{name}, folded", new Outcome(y.Bits, new double[n], new double[n, n]));
                return;
            }
            Workspace w = Workspace.Rent(recorder.Flush());
            try
            {
                Outcome sweeps = Sweeps(name, w, y.Slot, magnitude, rounding, verdict), reference = Interpreted(w.Recording, y.Slot, x);
                judge($"{name}, sweeps", sweeps);
                judge($"{name}, interpreter", reference);
                judge($"{name}, Taylor arithmetic", Expanded(w.Recording, y.Slot));
                Agree($"{name}, sweeps and interpreter", sweeps, reference, magnitude, rounding, verdict);
                Replay(name, w, y.Slot, sweeps, verdict);
            }
            finally
            {
                w.Return();
            }
        }
        finally
        {
            recorder.End();
        }
    }

    // The sweeps and the interpreter share the rules and nothing else.
    private static void Agree(string what, Outcome sweeps, Outcome reference, double magnitude, double rounding, Verdict verdict)
    {
        const string law = "interpreter";
        verdict.Close($"{what}, value", reference.Value, sweeps.Value, Math.Abs(sweeps.Value), rounding, law);
        for (int i = 0; i < sweeps.Gradient.Length; i++)
        {
            verdict.Close($"{what}, first", sweeps.Gradient[i], reference.Gradient[i], Math.Abs(reference.Gradient[i]) + magnitude, 1e-15
                + rounding, law);
            for (int j = 0; j < sweeps.Gradient.Length; j++)
            {
                // Past the range of double, of which terms the sum is made decides between an infinity and NaN.
                if (!double.IsFinite(sweeps.Hessian[i, j]) && !double.IsFinite(reference.Hessian[i, j]))
                    continue;
                verdict.Close($"{what}, second", sweeps.Hessian[i, j], reference.Hessian[i, j], SizeOf(reference.Hessian, i, j) + magnitude,
                    1e-13, law);
            }
        }
    }

    private static double SizeOf(double[,] hessian, int i, int j) =>
        Math.Abs(hessian[i, j]) + Math.Sqrt(Math.Abs(hessian[i, i])) * Math.Sqrt(Math.Abs(hessian[j, j]));

    private static void Replay(string name, Workspace w, int y, Outcome recorded, Verdict verdict)
    {
        const string law = "replay";
        int inputs = w.Recording.InputCount;
        new Span<double>(w.Values + inputs, w.Recording.SlotCount - inputs).Fill(double.NaN);
        PrimalSweep.Run(w);
        verdict.SameBits($"{name}, replayed", w.Values[y], recorded.Value, law);
        double[] gradient = Adjoint<Absolute>(w, y);
        for (int i = 0; i < inputs; i++)
            verdict.SameBits($"{name}, replayed adjoint", gradient[i], recorded.Gradient[i], "replayed adjoint");
    }

    private static Outcome Sweeps(string name, Workspace w, int y, double magnitude, double rounding, Verdict verdict)
    {
        int n = w.Recording.InputCount, slots = w.Recording.SlotCount;
        double[] plain = Adjoint<Plain>(w, y), gradient = Adjoint<Absolute>(w, y);
        AgreeWherePlainIsFinite(name + ", adjoint", plain, gradient, rounding, verdict);

        double[,] hessian = new double[n, n];
        w.ReserveDots(Eight.Count);
        w.ReserveBarDots(Eight.Count);
        Eight[] seeds = new Eight[n];
        double[][] columns = new double[n][];
        double[] jvp = new double[n];
        for (int j = 0; j < n; j++)
        {
            double[] e = new double[n];
            e[j] = 1;
            (double slope, double[] column) = Along<Plain>(w, y, Array.ConvertAll(e, v => new Plain(v)), d => d.Value);
            (jvp[j], columns[j]) = Along<Absolute>(w, y, Array.ConvertAll(e, v => new Absolute(Zeros.Constant(v))), d => d.Value);
            AgreeWherePlainIsFinite(name + ", tangent", [slope], [jvp[j]], rounding, verdict);
            AgreeWherePlainIsFinite(name + ", R operator", column, columns[j], rounding, verdict);
            // Lane j % 8 of eight carries eⱼ; the others hold still or carry multiples of it.
            seeds[j] = new Eight(Vector512.Create(0.0).WithElement(j, 1).WithElement(7, j + 1.0));
            for (int i = 0; i < n; i++)
                hessian[i, j] = columns[j][i];
            verdict.Close($"{name}: transposition, ⟨ȳ, Jẋ⟩ = ⟨Jᵀȳ, ẋ⟩", jvp[j], gradient[j], Math.Abs(gradient[j]) + magnitude, 1e-15
                + rounding, "transposition");
        }
        for (int lane = 0; lane < n; lane++)
        {
            (double slope, double[] column) = Along(w, y, seeds, d => d.Value.GetElement(lane));
            AgreeWherePlainIsFinite(name + ", eight tangents", [slope], [jvp[lane]], rounding, verdict);
            AgreeWherePlainIsFinite(name + ", R operator of eight", column, columns[lane], rounding, verdict);
            for (int j = 0; j < lane; j++)
                verdict.Close($"{name}: symmetry, uᵀHv = vᵀHu", hessian[lane, j], hessian[j, lane],
                    SizeOf(hessian, lane, j), 1e-13, "symmetry");
        }
        return new Outcome(w.Values[y], gradient, hessian);
    }

    private static double[] Adjoint<D>(Workspace w, int y) where D : unmanaged, ITangent<D>
    {
        w.ReserveBars();
        w.KnowsBars = false;
        new Span<D>((D*)w.Bars, w.Recording.SlotCount).Fill(D.None);
        w.Bars[y] = 1;
        AdjointSweep<D>.Run(w);
        return [.. new ReadOnlySpan<double>(w.Bars, w.Recording.InputCount).ToArray().Select(Zeros.Live)];
    }

    private static (double Slope, double[] Column) Along<D>(Workspace w, int y, D[] seeds, Func<D, double> component)
        where D : unmanaged, ITangent<D>
    {
        int n = w.Recording.InputCount;
        D* dot = (D*)w.Dots, barDot = (D*)w.BarDots;
        seeds.CopyTo(new Span<D>(dot, n));
        TangentSweep<D>.Run(w);
        new Span<D>(barDot, w.Recording.SlotCount).Fill(D.None);
        ROperator<D>.Run(w);
        return (Zeros.Live(component(dot[y])), [.. Enumerable.Range(0, n).Select(i => Zeros.Live(component(barDot[i])))]);
    }

    // IEEE arithmetic may meet 0·∞ where absolute arithmetic does not; where it met none, the two agree to the bit.
    private static void AgreeWherePlainIsFinite(string what, double[] plain, double[] absolute, double rounding, Verdict verdict)
    {
        if (!plain.All(double.IsFinite))
            return;
        for (int i = 0; i < plain.Length; i++)
            verdict.Close($"{what}, plain and absolute", plain[i] + 0.0, absolute[i] + 0.0, Math.Abs(absolute[i]), rounding);
    }

    private static Outcome Interpreted(Recording recording, int y, double[] x)
    {
        int n = x.Length;
        var reverse = new Interpreter<Real>(recording);
        for (int i = 0; i < n; i++)
            reverse.Values[i] = new Real(x[i]);
        reverse.Forward();
        reverse.Adjoints[y] = new Real(1);
        reverse.Reverse();
        double[,] hessian = new double[n, n];
        for (int j = 0; j < n; j++)
        {
            var dual = new Interpreter<Jet<Real>>(recording);
            for (int i = 0; i < n; i++)
                dual.Values[i] = new Jet<Real>(new Real(x[i]), new Real(i == j ? 1 : Zeros.Structural));
            dual.Forward();
            dual.Adjoints[y] = Jet<Real>.Constant(1);
            dual.Reverse();
            for (int i = 0; i < n; i++)
                hessian[i, j] = Zeros.Live(dual.Adjoints[i].Tangent.Value);
        }
        return new Outcome(reverse.Values[y].Value, [.. Enumerable.Range(0, n).Select(i => Zeros.Live(reverse.Adjoints[i].Value))],
            hessian);
    }

    // First derivatives along the axes of values and of gradients.
    private static Outcome Expanded(Recording recording, int y)
    {
        int n = recording.InputCount;
        double[] values = new double[2], gradients = new double[2 * n];
        double[,] hessian = new double[n, n];
        for (int j = 0; j < n; j++)
        {
            double[] path = new double[n];
            path[j] = 1;
            TaylorSweep.Run(recording, y, path, values, gradients);
            for (int i = 0; i < n; i++)
                hessian[i, j] = gradients[n + i];
        }
        return new Outcome(values[0], gradients[..n], hessian);
    }
}
