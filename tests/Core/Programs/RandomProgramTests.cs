using AutoDiff.Engine;
using AutoDiff.Hvp;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiff.Tests.Programs;

/// <summary>Random programs of up to 200 operations: every way to a derivative gives the same one.</summary>
public class RandomProgramTests
{
    private const double Tolerance = 1e-10;

    private static readonly double[] s_point = [0.7, -1.3, 0.2, 1.9], s_direction = [0.4, -0.9, 1.1, 0.3], s_other = [-0.5, 0.8, 0.6, -1.2];

    private static void Check(Func<Objective, RandomProgram, bool> law)
    {
        Arbitrary<int[]> programs = Gen.Choose(int.MinValue, int.MaxValue).ArrayOf().ToArbitrary();
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(400).WithStartSize(5).WithEndSize(200),
            Prop.ForAll(programs, code =>
            {
                RandomProgram program = new(code);
                Objective f = Objective.Of(program.Run);
                return law(f, program) || IsBent(f);
            }));
    }

    // Where |x| is 0 and its adjoint may be, products follow the direction, and recorded derivatives are NaN (docs/nonsmooth.md).
    private static bool IsBent(Objective f) => KinkReport.Of(f, s_point).Any(kink => kink.Distance == 0 && kink.Operation is "Abs" or "Hypot");

    [Fact]
    public void The_sweeps_agree_with_the_interpreter() => Check((f, _) =>
    {
        using LocalModel at = f.At(s_point);
        (double[] gradient, double[] product) = Interpreted(f, s_point, s_direction);
        return Close(at.Gradient, gradient) && Close(at.Hessian.Apply(s_direction), product);
    });

    [Fact]
    public void The_sweeps_agree_with_nested_dual_numbers() => Check((f, program) =>
    {
        // Inner tangent: the direction; outer tangent: one coordinate after the other. So the inner part of the outer tangent is Hv.
        double[] gradient = new double[s_point.Length], product = new double[s_point.Length];
        for (int k = 0; k < s_point.Length; k++)
        {
            (gradient[k], product[k]) = SecondDirectional(program, k);
        }
        return Close(f.Gradient(s_point), gradient) && Close(f.Hvp(s_point, s_direction), product);
    });

    [Fact]
    public void Hessians_are_symmetric() => Check((f, _) =>
    {
        using LocalModel at = f.At(s_point);
        double left = Dot(s_other, at.Hessian.Apply(s_direction)), right = Dot(s_direction, at.Hessian.Apply(s_other));
        return Math.Abs(left - right) <= Tolerance * (1 + Math.Abs(left));
    });

    [Fact]
    public void Eight_directions_agree_with_one() => Check((f, _) =>
    {
        using LocalModel at = f.At(s_point);
        int n = s_point.Length;
        double[] vectors = new double[8 * n], products = new double[8 * n], product = new double[n];
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = Math.Sin(3 * i + 1);
        at.Hessian.ApplyMany(vectors, products, 8);
        for (int k = 0; k < 8; k++)
        {
            at.Hessian.Apply(vectors.AsSpan(k * n, n), product);
            if (!Close(product, products.AsSpan(k * n, n).ToArray()))
                return false;
        }
        return true;
    });

    [Fact]
    public void Jvp_agrees_with_vjp() => Check((f, program) =>
    {
        VectorFunction F = VectorFunction.Of(x => VarVector.Of(program.Run(x), program.Run(x * 0.5)));
        double[] u = [0.3, -1.7];
        double left = Dot(u, F.Jvp(s_point, s_direction)), right = Dot(s_direction, F.Vjp(s_point, u));
        return Math.Abs(left - right) <= Tolerance * (1 + Math.Abs(left));
    });

    [Fact]
    public void Recorded_gradients_agree_with_products() => Check((f, _) =>
    {
        // ∇ ½‖∇f‖² = H ∇f.
        Objective half = Objective.Of(x => 0.5 * f.Gradient(x).SquaredNorm());
        return Close(half.Gradient(s_point), f.Hvp(s_point, f.Gradient(s_point)));
    });

    /// <summary>∇f(x) and ∇²f(x)·v operation by operation.</summary>
    internal static unsafe (double[] Gradient, double[] Product) Interpreted(Objective f, double[] x, double[] v)
    {
        Recorder recorder = Recorder.Begin(x);
        int output = f.Evaluate(recorder).Slot;
        Interpreter<Jet<Real>> machine = new(recorder.Flush());
        for (int i = 0; i < x.Length; i++)
            machine.Values[i] = new Jet<Real>(new Real(x[i]), new Real(Zeros.Constant(v[i])));
        machine.Forward();
        machine.Adjoints[output] = Jet<Real>.Constant(1);
        machine.Reverse();
        recorder.End();
        double[] gradient = new double[x.Length], product = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            (gradient[i], product[i]) = (machine.Adjoints[i].Primal.Value, machine.Adjoints[i].Tangent.Value);
        return (gradient, product);
    }

    private static (double First, double Second) SecondDirectional(RandomProgram program, int coordinate)
    {
        double first = 0;
        double second = Forward.Derivative<double>(s =>
        {
            Dual<double> inner = Forward.Derivative<Dual<double>>(t =>
            {
                Dual<Dual<double>>[] x = new Dual<Dual<double>>[s_point.Length];
                for (int i = 0; i < x.Length; i++)
                {
                    Dual<Dual<double>> along = (Dual<Dual<double>>)(s_point[i] + s * s_direction[i]);
                    x[i] = i == coordinate ? along + t : along;
                }
                return program.Run(x);
            }, Dual<double>.Zero);
            first = inner.Primal;
            return inner;
        }, 0.0);
        return (first, second);
    }

    private static bool Close(ReadOnlySpan<double> x, double[] y)
    {
        double scale = 1;
        foreach (double e in y)
            scale = Math.Max(scale, Math.Abs(e));
        for (int i = 0; i < y.Length; i++)
        {
            if (!(Math.Abs(x[i] - y[i]) <= Tolerance * scale))
                return false;
        }
        return true;
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
