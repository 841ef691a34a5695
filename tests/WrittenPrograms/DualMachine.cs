namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>The library's dual numbers, two levels of them, over plain arrays.</summary>
public sealed class DualMachine(double[] data) : Elements<Dual<Dual<double>>>
{
    private static readonly HashSet<Op> s_missing =
        [Op.Label, Op.CrossEntropy, Op.InnerGradient, Op.InnerHvp, Op.InnerJvp, Op.InnerVjp, Op.InnerRows];

    /// <summary>Whether a program has operations on recordings only.</summary>
    public static bool Runs(Routine f) => f.RowLength == 0 && !f.Steps.Any(s => s_missing.Contains(s.Op));

    public override Dual<Dual<double>> Number(double value) => Dual<Dual<double>>.Constant(value);

    public override Dual<Dual<double>> Unary(Fn f, Dual<Dual<double>> x) => f switch
    {
        Fn.Sin => Math.Sin(x), Fn.Cos => Math.Cos(x), Fn.Tanh => Math.Tanh(x), Fn.Atan => Math.Atan(x),
        Fn.Sigmoid => Math.Sigmoid(x), Fn.Softplus => Math.Softplus(x), Fn.Erf => Math.Erf(x), Fn.Gelu => Math.Gelu(x),
        Fn.Silu => Math.Silu(x), Fn.LogSigmoid => Math.LogSigmoid(x), Fn.NormalCdf => Math.NormalCdf(x), Fn.Asinh => Math.Asinh(x),
        Fn.Relu => Math.Relu(x), Fn.Abs => Math.Abs(x), Fn.Square => Math.Square(x), Fn.Exp => Math.Exp(x),
        Fn.ExpM1 => Math.ExpM1(x), Fn.Exp2 => Math.Exp2(x), Fn.Sinh => Math.Sinh(x), Fn.Cosh => Math.Cosh(x), Fn.Tan => Math.Tan(x),
        Fn.Log => Math.Log(x), Fn.Sqrt => Math.Sqrt(x), Fn.Cbrt => Math.Cbrt(x), Fn.LogP1 => Math.LogP1(x),
        Fn.Reciprocal => Math.Reciprocal(x), Fn.Asin => Math.Asin(x), Fn.Acos => Math.Acos(x), Fn.Atanh => Math.Atanh(x),
        Fn.Acosh => Math.Acosh(x), _ => -x,
    };

    public override Dual<Dual<double>> Binary(Bi f, Dual<Dual<double>> x, Dual<Dual<double>> y) => f switch
    {
        Bi.Add => x + y, Bi.Subtract => x - y, Bi.Multiply => x * y, Bi.Divide => x / y, Bi.Max => Math.Max(x, y),
        Bi.Min => Math.Min(x, y), Bi.Hypot => Math.Hypot(x, y), Bi.Atan2 => Math.Atan2(x, y), Bi.Pow => Math.Pow(x, y),
        _ => Math.LogAddExp(x, y),
    };

    public override Dual<Dual<double>> Power(Dual<Dual<double>> x, double c) => Math.Pow(x, c);

    public override Dual<Dual<double>> Fma(Dual<Dual<double>> x, Dual<Dual<double>> y, Dual<Dual<double>> z) =>
        Math.FusedMultiplyAdd(x, y, z);

    public override Dual<Dual<double>> Stop(Dual<Dual<double>> x) => Math.StopGradient(x);

    public override Dual<Dual<double>> Bump(Dual<Dual<double>> x) => Dual<Dual<double>>.Apply<BumpRule>(x);

    public override bool Less(Dual<Dual<double>> x, Dual<Dual<double>> y) => x < y;

    protected override bool Same(Dual<Dual<double>> x, Dual<Dual<double>> y) => false;

    // Equal ones take the first choice, as a mask does.
    public override Dual<Dual<double>>[] Choose(
        Dual<Dual<double>>[] x, Dual<Dual<double>>[] y, bool orEqual, Dual<Dual<double>>[] then, Dual<Dual<double>>[] otherwise) =>
        [.. x.Select((e, i) => (orEqual ? e >= y[i] : e > y[i]) ? then[i] : otherwise[i])];

    protected override Dual<Dual<double>> Shift(Dual<Dual<double>>[] x) => Number(x.Max(e => e.Primal.Primal));

    public override Dual<Dual<double>> Sum(Dual<Dual<double>>[] x)
    {
        Dual<Dual<double>> sum = Number(0);
        foreach (Dual<Dual<double>> e in x)
            sum += e;
        return sum;
    }

    public override Dual<Dual<double>> DataElement(int i) => Number(data[i]);

    public override Dual<Dual<double>>[] DataArray() => Numbers(data);

    public override Dual<Dual<double>> Label(Dual<Dual<double>>[] x) => throw new NotSupportedException();

    public override Dual<Dual<double>> CrossEntropy(Dual<Dual<double>>[] x) => throw new NotSupportedException();

    public override Dual<Dual<double>>[] InnerGradient(Routine f, Dual<Dual<double>>[] x, Dual<Dual<double>> captured) =>
        throw new NotSupportedException();

    public override Dual<Dual<double>>[] InnerHvp(Routine f, Dual<Dual<double>>[] x, Dual<Dual<double>>[] v, Dual<Dual<double>> captured) =>
        throw new NotSupportedException();

    public override Dual<Dual<double>>[] InnerJvp(Routine f, Dual<Dual<double>>[] x, Dual<Dual<double>>[] v, Dual<Dual<double>> captured) =>
        throw new NotSupportedException();

    public override Dual<Dual<double>>[] InnerVjp(Routine f, Dual<Dual<double>>[] x, Dual<Dual<double>>[] u, Dual<Dual<double>> captured) =>
        throw new NotSupportedException();

    public override Dual<Dual<double>> InnerRows(Routine f, Dual<Dual<double>>[] x) => throw new NotSupportedException();
}
