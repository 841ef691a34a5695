namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>The oracle: programs over <see cref="Hyper"/> numbers. Inner derivatives are taken with generators of their own, element by
/// element.</summary>
public sealed class HyperMachine(int generators, int used, Routine routine, double[] data, double[]? row = null) : Elements<Hyper>
{
    public override Hyper Number(double value) => Hyper.Constant(generators, value);

    public override Hyper Unary(Fn f, Hyper x) => f == Fn.Negate ? -x : Hyper.Function(Of(f), x);

    public override Hyper Binary(Bi f, Hyper x, Hyper y)
    {
        switch (f)
        {
            case Bi.Add: return x + y;
            case Bi.Subtract: return x - y;
            case Bi.Multiply: return x * y;
            case Bi.Divide: return x / y;
            case Bi.Max: return ReferenceEquals(x, y) ? x : Hyper.Less(x, y) ? y : x;
            case Bi.Min: return ReferenceEquals(x, y) ? x : Hyper.Less(y, x) ? y : x;
            case Bi.Hypot: return Hyper.Function(Elementary.Sqrt, x * x + y * y);
            // The angle of (y, x) for y > 0.
            case Bi.Atan2: return Hyper.Function(Elementary.Atan, x / y);
            case Bi.Pow: return Hyper.Function(Elementary.Exp, y * Hyper.Function(Elementary.Log, x));
            default: return x + Hyper.Function(Elementary.Softplus, y - x);
        }
    }

    private static Func<double, Derivatives> Of(Fn f) => f switch
    {
        Fn.Sin => Elementary.Sin, Fn.Cos => Elementary.Cos, Fn.Tanh => Elementary.Tanh, Fn.Atan => Elementary.Atan,
        Fn.Sigmoid => Elementary.Sigmoid, Fn.Softplus => Elementary.Softplus, Fn.Erf => Elementary.Erf,
        Fn.Gelu => Elementary.Gelu, Fn.Silu => Elementary.Silu, Fn.LogSigmoid => Elementary.LogSigmoid,
        Fn.NormalCdf => Elementary.NormalCdf, Fn.Asinh => Elementary.Asinh, Fn.Relu => Elementary.Relu,
        Fn.Abs => Elementary.Abs, Fn.Square => Elementary.Square, Fn.Exp => Elementary.Exp, Fn.ExpM1 => Elementary.ExpM1,
        Fn.Exp2 => Elementary.Exp2, Fn.Sinh => Elementary.Sinh, Fn.Cosh => Elementary.Cosh, Fn.Tan => Elementary.Tan,
        Fn.Log => Elementary.Log, Fn.Sqrt => Elementary.Sqrt, Fn.Cbrt => Elementary.Cbrt, Fn.LogP1 => Elementary.LogP1,
        Fn.Reciprocal => Elementary.Reciprocal, Fn.Asin => Elementary.Asin, Fn.Acos => Elementary.Acos,
        Fn.Atanh => Elementary.Atanh, Fn.Acosh => Elementary.Acosh,
        _ => throw new ArgumentOutOfRangeException(nameof(f)),
    };

    public override Hyper Power(Hyper x, double c) => Hyper.Function(Elementary.Pow(c), x);

    public override Hyper Fma(Hyper x, Hyper y, Hyper z) => x * y + z;

    public override Hyper Stop(Hyper x) => x.Stopped();

    public override Hyper Bump(Hyper x) => Hyper.Function(Elementary.Bump, x);

    public override bool Less(Hyper x, Hyper y) => Hyper.Less(x, y);

    protected override bool Same(Hyper x, Hyper y) => ReferenceEquals(x, y);

    protected override Hyper Shift(Hyper[] x) => Number(x.Max(e => e.Primal));

    public override Hyper Sum(Hyper[] x) => Hyper.Sum(x, generators);

    public override Hyper DataElement(int i) => Number(data[i]);

    public override Hyper[] DataArray() => Numbers(data);

    public override Hyper Label(Hyper[] x) => x[(int)row![^1]];

    public override Hyper CrossEntropy(Hyper[] x) => LogSumExp(x) - Label(x);

    public override Hyper[] InnerGradient(Routine f, Hyper[] x, Hyper captured) =>
        [.. x.Select((_, i) => Inner(f, used + 1).Scalar(Seeded(x, i, used), Inputs<Hyper, Hyper[]>.OfCaptured(captured)).Part(used))];

    public override Hyper[] InnerHvp(Routine f, Hyper[] x, Hyper[] v, Hyper captured)
    {
        Hyper[] along = Along(x, v, used);
        return [.. x.Select((_, i) => Inner(f, used + 2).Scalar(
            Seeded(along, i, used + 1), Inputs<Hyper, Hyper[]>.OfCaptured(captured)).Part(used).Part(used + 1))];
    }

    public override Hyper[] InnerJvp(Routine f, Hyper[] x, Hyper[] v, Hyper captured) =>
        [.. Inner(f, used + 1).Array(Along(x, v, used), Inputs<Hyper, Hyper[]>.OfCaptured(captured)).Select(y => y.Part(used))];

    public override Hyper[] InnerVjp(Routine f, Hyper[] x, Hyper[] u, Hyper captured) =>
        [.. x.Select((_, i) =>
        {
            Hyper[] y = [.. Inner(f, used + 1).Array(Seeded(x, i, used), Inputs<Hyper, Hyper[]>.OfCaptured(captured)).Select(
                e => e.Part(used))];
            return Sum([.. y.Select((e, k) => e * u[k % u.Length])]);
        })];

    public override Hyper InnerRows(Routine f, Hyper[] x) => Rows(f, x);

    /// <summary>Σ over a routine's rows.</summary>
    public Hyper Rows(Routine f, Hyper[] x)
    {
        List<Hyper> terms = [];
        for (int i = 0; i < f.Rows.Length; i += f.RowLength)
        {
            double[] numbers = f.Rows[i..(i + f.RowLength)];
            HyperMachine machine = new(generators, used, f, ReferenceEquals(f, routine) ? data : f.Data, numbers);
            terms.Add(new Walker<Hyper, Hyper[]>(machine, f).Scalar(x, Inputs<Hyper, Hyper[]>.OfRow(machine.Numbers(numbers))));
        }
        return Sum([.. terms]);
    }

    private Walker<Hyper, Hyper[]> Inner(Routine f, int use) => new(new HyperMachine(generators, use, f, f.Data), f);

    private static Hyper[] Seeded(Hyper[] x, int i, int generator) => [.. x.Select((e, k) => k == i ? e.Plus(generator) : e)];

    // x + εv.
    private Hyper[] Along(Hyper[] x, Hyper[] v, int generator)
    {
        Hyper epsilon = Number(0).Plus(generator);
        return [.. x.Zip(v, (a, b) => a + epsilon * b)];
    }

    /// <summary>How many generators a routine needs beside those of its caller.</summary>
    public static int Depth(Routine f) => f.Steps.Select(s => s.Op switch
    {
        Op.InnerGradient or Op.InnerJvp or Op.InnerVjp => 1,
        Op.InnerHvp => 2,
        _ => 0,
    }).DefaultIfEmpty().Max();
}
