using AutoDiff.Hvp;

namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>The library under test: programs over <see cref="Var"/> and <see cref="VarVector"/>, by its public members.</summary>
/// <remarks>The lists of functions are alike from type to type, but each line calls another overload, which is what is tested.</remarks>
public sealed class VarMachine(AutoDiff.Data? data, DataVector? row = null) : Machine<Var, VarVector>
{
    private static readonly ArrayFunction[] s_custom = [new Neighbours(), new SineTimesFirst(), new CubesAndSum()];

    public override Var Number(double value) => value;

    public override Var Unary(Fn f, Var x) => f switch
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

    public override VarVector Unary(Fn f, VarVector x) => f switch
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

    public override Var Binary(Bi f, Var x, Var y) => f switch
    {
        Bi.Add => x + y, Bi.Subtract => x - y, Bi.Multiply => x * y, Bi.Divide => x / y, Bi.Max => Math.Max(x, y),
        Bi.Min => Math.Min(x, y), Bi.Hypot => Math.Hypot(x, y), Bi.Atan2 => Math.Atan2(x, y), Bi.Pow => Math.Pow(x, y),
        _ => Math.LogAddExp(x, y),
    };

    public override VarVector Binary(Bi f, VarVector x, VarVector y) => f switch
    {
        Bi.Add => x + y, Bi.Subtract => x - y, Bi.Multiply => x * y, Bi.Divide => x / y, Bi.Max => Math.Max(x, y),
        Bi.Min => Math.Min(x, y), Bi.Hypot => Math.Hypot(x, y), Bi.Atan2 => Math.Atan2(x, y), Bi.Pow => Math.Pow(x, y),
        _ => Math.LogAddExp(x, y),
    };

    public override VarVector Binary(Bi f, VarVector x, Var y) => f switch
    {
        Bi.Add => x + y, Bi.Subtract => x - y, Bi.Multiply => x * y, Bi.Divide => x / y, Bi.Max => Math.Max(x, y),
        Bi.Min => Math.Min(x, y), Bi.Hypot => Math.Hypot(x, y), Bi.Atan2 => Math.Atan2(x, y), Bi.Pow => Math.Pow(x, y),
        _ => Math.LogAddExp(x, y),
    };

    public override VarVector Binary(Bi f, Var x, VarVector y) => f switch
    {
        Bi.Add => x + y, Bi.Subtract => x - y, Bi.Multiply => x * y, Bi.Divide => x / y, Bi.Max => Math.Max(x, y),
        Bi.Min => Math.Min(x, y), Bi.Hypot => Math.Hypot(x, y), Bi.Atan2 => Math.Atan2(x, y), Bi.Pow => Math.Pow(x, y),
        _ => Math.LogAddExp(x, y),
    };

    public override Var Power(Var x, double c) => Math.Pow(x, c);

    public override VarVector Power(VarVector x, double c) => Math.Pow(x, c);

    public override Var Fma(Var x, Var y, Var z) => Math.FusedMultiplyAdd(x, y, z);

    public override VarVector Fma(VarVector x, VarVector y, VarVector z) => Math.FusedMultiplyAdd(x, y, z);

    public override Var Stop(Var x) => Math.StopGradient(x);

    public override Var Bump(Var x) => Var.Apply<BumpRule>(x);

    public override VarVector Bump(VarVector x) => VarVector.Apply<BumpRule>(x);

    public override bool Less(Var x, Var y) => x < y;

    public override int Length(VarVector x) => x.Length;

    public override VarVector Numbers(double[] values) => values;

    public override VarVector Choose(VarVector x, VarVector y, bool orEqual, VarVector then, VarVector otherwise) =>
        Math.Where(orEqual ? x >= y : x > y, then, otherwise);

    public override Var Element(VarVector x, int i) => x[i];

    public override VarVector Slice(VarVector x, int start, int length) => x.Slice(start, length);

    public override VarVector Concat(VarVector x, VarVector y) => VarVector.Concat(x, y);

    public override VarVector Pack(Var[] x) => VarVector.Of(x);

    public override VarVector Gather(VarVector x, int[] indices) => x.Gather(indices);

    public override VarVector ScatterAdd(VarVector x, int[] indices, int length) => x.ScatterAdd(indices, length);

    public override VarVector Softmax(VarVector x) => x.Softmax();

    public override VarVector LogSoftmax(VarVector x) => x.LogSoftmax();

    public override VarVector CumulativeSum(VarVector x) => x.CumulativeSum();

    public override VarVector MatMul(VarVector x, int rows, VarVector y, int columns) => columns == 1
        ? x.Reshape(rows, x.Length / rows).MatMul(y)
        : x.Reshape(rows, x.Length / rows).MatMul(y.Reshape(y.Length / columns, columns)).Flatten();

    public override VarVector Solve(VarVector matrix, VarVector b) => matrix.Reshape(b.Length, b.Length).Solve(b);

    public override VarVector SolveTriangular(VarVector matrix, VarVector b) => matrix.Reshape(b.Length, b.Length).SolveTriangular(b);

    public override VarVector ColumnSums(VarVector x, int rows) => x.Reshape(rows, x.Length / rows).SumRows();

    public override VarVector Custom(int which, VarVector x) => s_custom[which].Apply(x);

    public override Var Sum(VarVector x) => x.Sum();

    public override Var Dot(VarVector x, VarVector y) => x.Dot(y);

    public override Var Norm(VarVector x) => x.Norm();

    public override Var LogSumExp(VarVector x) => x.LogSumExp();

    public override Var Mean(VarVector x) => x.Mean();

    public override Var Product(VarVector x) => x.Product();

    public override Var Largest(VarVector x) => x.Max();

    public override Var Smallest(VarVector x) => x.Min();

    public override Var LogDeterminant(VarVector matrix, int n) => matrix.Reshape(n, n).LogDeterminant();

    public override Var Determinant(VarVector matrix, int n) => matrix.Reshape(n, n).Determinant();

    public override Var DataElement(int i) => data![i];

    public override VarVector DataArray() => data!;

    public override Var Label(VarVector x) => x[row!.Value.Label(row.Value.Length - 1)];

    public override Var CrossEntropy(VarVector x) => x.CrossEntropy(row!.Value.Label(row.Value.Length - 1));

    public override VarVector InnerGradient(Routine f, VarVector x, Var captured) => Inner(f, captured).Gradient(x);

    public override VarVector InnerHvp(Routine f, VarVector x, VarVector v, Var captured) => Inner(f, captured).Hvp(x, v);

    public override VarVector InnerJvp(Routine f, VarVector x, VarVector v, Var captured) => InnerArray(f, captured).Jvp(x, v);

    public override VarVector InnerVjp(Routine f, VarVector x, VarVector u, Var captured)
    {
        int length = f.Scalars + f.Lengths.Where((_, k) => (f.Results >> (16 + k) & 1) != 0).Sum(), given = u.Length;
        return InnerArray(f, captured).Vjp(x, u.Gather([.. Enumerable.Range(0, length).Select(k => k % given)]));
    }

    public override Var InnerRows(Routine f, VarVector x) => OverRows(f, null, false).Value(x);

    private static Objective Inner(Routine f, Var captured) =>
        Objective.Of(x => new Walker<Var, VarVector>(new VarMachine(null), f).Scalar(x, Inputs<Var, VarVector>.OfCaptured(captured)));

    private static VectorFunction InnerArray(Routine f, Var captured) =>
        VectorFunction.Of(x => new Walker<Var, VarVector>(new VarMachine(null), f).Array(x, Inputs<Var, VarVector>.OfCaptured(captured)));

    /// <summary>The program as an objective.</summary>
    public static Objective Of(Routine f, AutoDiff.Data? data) =>
        f.RowLength > 0 ? OverRows(f, data, false) : Objective.Of(x => new Walker<Var, VarVector>(new VarMachine(data), f).Scalar(x));

    /// <summary>The program's registers as a vector function.</summary>
    public static VectorFunction ArrayOf(Routine f, AutoDiff.Data? data) =>
        VectorFunction.Of(x => new Walker<Var, VarVector>(new VarMachine(data), f).Array(x));

    /// <summary>The program as a term of a sum or mean over its rows.</summary>
    public static DataObjective OverRows(Routine f, AutoDiff.Data? data, bool mean)
    {
        int count = f.Rows.Length / f.RowLength;
        double[,] rows = new double[count, f.RowLength];
        for (int i = 0; i < f.Rows.Length; i++)
            rows[i / f.RowLength, i % f.RowLength] = f.Rows[i];
        Var Term(VarVector x, DataVector row) =>
            new Walker<Var, VarVector>(new VarMachine(data, row), f).Scalar(x, Inputs<Var, VarVector>.OfRow(row));
        return mean ? Objective.Mean(rows, Term) : Objective.Sum(rows, Term);
    }
}
