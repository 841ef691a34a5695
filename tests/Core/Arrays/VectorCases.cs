using AutoDiff.Rules;

namespace AutoDiff.Tests.Core.Arrays;

/// <summary>Cases of <see cref="VarVector"/>'s operations.</summary>
internal static class VectorCases
{
    private sealed record Operator(
        string Name, Func<VarVector, VarVector, VarVector> Arrays, Func<VarVector, Var, VarVector> Right, Func<Var, VarVector, VarVector> Left,
        Func<VarVector, double, VarVector>? RightConstant, Func<double, VarVector, VarVector>? LeftConstant, Func<HyperDual, HyperDual, HyperDual>? Plain);

    private static readonly Operator[] s_operators =
    [
        new("op_Addition", (x, y) => x + y, (x, y) => x + y, (x, y) => x + y, (x, y) => x + y, (x, y) => x + y, (x, y) => x + y),
        new("op_Subtraction", (x, y) => x - y, (x, y) => x - y, (x, y) => x - y, (x, y) => x - y, (x, y) => x - y, (x, y) => x - y),
        new("op_Multiply", (x, y) => x * y, (x, y) => x * y, (x, y) => x * y, (x, y) => x * y, (x, y) => x * y, (x, y) => x * y),
        new("op_Division", (x, y) => x / y, (x, y) => x / y, (x, y) => x / y, (x, y) => x / y, (x, y) => x / y, (x, y) => x / y),
        new("op_Modulus", (x, y) => x % y, (x, y) => x % y, (x, y) => x % y, (x, y) => x % y, (x, y) => x % y, (x, y) => x % y),
        new("Apply", VarVector.Apply<Multiply>, VarVector.Apply<Divide>, VarVector.Apply<Divide>, null, null, null),
    ];

    public static IEnumerable<ArrayCase> All =>
        ArrayCase.Lengths.SelectMany(
        n => Operators(n).Concat(Elementwise(n)).Concat(Ternary(n)).Concat(Comparisons(n)).Concat(Reductions(n)).Concat(Moves(n)));

    private static IEnumerable<ArrayCase> Operators(int n)
    {
        double[] constants = ArrayCase.Numbers(n, 2);
        foreach (Operator op in s_operators)
        {
            Func<HyperDual, HyperDual, HyperDual> arrays = op.Plain ?? ((x, y) => x * y), mixed = op.Plain ?? ((x, y) => x / y);
            string covers = $"VarVector.{op.Name}(VarVector,VarVector)";
            ArrayCase Case(string how, string member, Func<VarVector, VarVector> recorded, Func<HyperDual[], int, HyperDual> plain) =>
                new($"{op.Name} {how}, n = {n}", [member], ArrayCase.Numbers(2 * n + 1), recorded,
                    x => [.. Enumerable.Range(0, n).Select(i => plain(x, i))]);

            yield return Case("of two", covers, x => op.Arrays(x[..n], x[n..^1]), (x, i) => arrays(x[i], x[n + i]));
            yield return Case("of one with itself", covers, x => op.Arrays(x[..n], x[..n]), (x, i) => arrays(x[i], x[i]));
            yield return Case("of overlapping slices", covers, x => op.Arrays(x[..n], x[1..(n + 1)]), (x, i) => arrays(x[i], x[i + 1]));
            yield return Case("by constants", covers, x => op.Arrays(x[..n], constants), (x, i) => arrays(x[i], constants[i]));
            yield return Case("of constants", covers, x => op.Arrays(constants, x[..n]), (x, i) => arrays(constants[i], x[i]));
            yield return Case("by an array of one", covers, x => op.Arrays(x[..n], x[n..(n + 1)]), (x, i) => arrays(x[i], x[n]));
            yield return Case("of an array of one", covers, x => op.Arrays(x[n..(n + 1)], x[..n]), (x, i) => arrays(x[n], x[i]));
            yield return Case("by a scalar", $"VarVector.{op.Name}(VarVector,Var)", x => op.Right(x[..n], x[n]),
                (x, i) => mixed(x[i], x[n]));
            yield return Case("of a scalar", $"VarVector.{op.Name}(Var,VarVector)", x => op.Left(x[n], x[..n]),
                (x, i) => mixed(x[n], x[i]));
            yield return Case("by a scalar among its elements", $"VarVector.{op.Name}(VarVector,Var)", x => op.Right(x[..n], x[0]),
                (x, i) => mixed(x[i], x[0]));
            yield return Case("by a constant scalar", $"VarVector.{op.Name}(VarVector,Var)", x => op.Right(x[..n], (Var)1.25),
                (x, i) => mixed(x[i], 1.25));
            yield return Case("of a constant scalar", $"VarVector.{op.Name}(Var,VarVector)", x => op.Left((Var)1.25, x[..n]),
                (x, i) => mixed(1.25, x[i]));
            if (op.RightConstant is null || op.LeftConstant is null)
                continue;
            yield return Case("by a number", $"VarVector.{op.Name}(VarVector,Double)", x => op.RightConstant(x[..n], 1.25),
                (x, i) => mixed(x[i], 1.25));
            yield return Case("of a number", $"VarVector.{op.Name}(Double,VarVector)", x => op.LeftConstant(1.25, x[..n]),
                (x, i) => mixed(1.25, x[i]));
        }
    }

    private static IEnumerable<ArrayCase> Elementwise(int n)
    {
        ArrayCase Case(string member, Func<VarVector, VarVector> recorded, Func<HyperDual, HyperDual> plain) =>
            new($"{member}, n = {n}", [$"VarVector.{member}(VarVector)"], ArrayCase.Numbers(n), recorded, x => [.. x.Select(plain)]);
        yield return Case("op_UnaryNegation", x => -x, x => -x);
        yield return Case("Apply", VarVector.Apply<Tanh>, HyperDual.Tanh);
    }

    /// <summary>x · y + z, and choices between the like, each operand being an array, a slice of the same, constants, a scalar or a
    /// number.</summary>
    private static IEnumerable<ArrayCase> Ternary(int n)
    {
        double[] constants = ArrayCase.Numbers(n, 2);
        ArrayCase Fused(string how, Func<VarVector, VarVector> recorded, Func<HyperDual[], int, HyperDual> plain) =>
            new($"x · y + z {how}, n = {n}", ["VarVector.FusedMultiplyAdd(VarVector,VarVector,VarVector)"], ArrayCase.Numbers(3 * n + 1),
                recorded, x => [.. Enumerable.Range(0, n).Select(i => plain(x, i))]);
        yield return Fused("of three", x => Math.FusedMultiplyAdd(x[..n], x[n..(2 * n)], x[(2 * n)..^1]), (x, i) => x[i] * x[n + i]
            + x[2 * n + i]);
        yield return Fused("of one", x => Math.FusedMultiplyAdd(x[..n], x[..n], x[..n]), (x, i) => x[i] * x[i] + x[i]);
        yield return Fused("of overlapping slices", x => Math.FusedMultiplyAdd(x[1..(n + 1)], x[..n], x[1..(n + 1)]),
            (x, i) => x[i + 1] * x[i] + x[i + 1]);
        yield return Fused("with a scalar z", x => Math.FusedMultiplyAdd(x[..n], x[n..(2 * n)], x[^1]), (x, i) => x[i] * x[n + i] + x[^1]);
        yield return Fused("with a scalar y", x => Math.FusedMultiplyAdd(x[..n], x[^1], x[n..(2 * n)]), (x, i) => x[i] * x[^1] + x[n + i]);
        yield return Fused("with a scalar x among the elements", x => Math.FusedMultiplyAdd(x[0], x[..n], x[n..(2 * n)]),
            (x, i) => x[0] * x[i] + x[n + i]);
        yield return Fused("with scalars y and z", x => Math.FusedMultiplyAdd(x[..n], x[^1], x[0]), (x, i) => x[i] * x[^1] + x[0]);
        yield return Fused("with scalars x and z", x => Math.FusedMultiplyAdd(x[^1], x[..n], x[^1]), (x, i) => x[^1] * x[i] + x[^1]);
        yield return Fused("with scalars x and y", x => Math.FusedMultiplyAdd(x[^1], x[0], x[..n]), (x, i) => x[^1] * x[0] + x[i]);
        yield return Fused("with an array of one", x => Math.FusedMultiplyAdd(x[..n], x[n..(n + 1)], x[..n]), (x, i) => x[i] * x[n] + x[i]);
        yield return Fused("with constants y and a number", x => Math.FusedMultiplyAdd(x[..n], constants, 2), (x, i) => x[i] * constants[i]
            + 2);
        yield return Fused("with constants x and y", x => Math.FusedMultiplyAdd(1.5, constants, x[..n]), (x, i) => 1.5 * constants[i]
            + x[i]);
        yield return Fused("with constants x and z", x => Math.FusedMultiplyAdd(constants, x[..n], constants), (x, i) => constants[i] * x[i]
            + constants[i]);

        ArrayCase Choice(string how, Func<VarVector, VarVector> recorded, Func<HyperDual[], int, HyperDual> plain) =>
            new($"where {how}, n = {n}", ["VarVector.op_GreaterThan(VarVector,Double)"], ArrayCase.Numbers(n + 2), recorded,
                x => [.. Enumerable.Range(0, n).Select(i => plain(x, i))]);
        yield return Choice("an array, else a scalar", x => Math.Where(x[..n] > 0, x[..n] * x[..n], x[n]), (x, i) => x[i].A > 0
            ? x[i] * x[i] : x[n]);
        yield return Choice("a scalar, else an array", x => Math.Where(x[..n] > 0, x[n], x[..n]), (x, i) => x[i].A > 0 ? x[n] : x[i]);
        yield return Choice("a number, else an array", x => Math.Where(x[..n] > 0, 0, x[1..(n + 1)]), (x, i) => x[i].A > 0 ? 0 : x[i + 1]);
        yield return Choice("constants, else an array", x => Math.Where(x[..n] > 0, constants, x[..n]), (x, i) => x[i].A > 0 ? constants[i]
            : x[i]);
        yield return Choice("a scalar, else a scalar", x => Math.Where(x[..n] > 0, x[n], x[n + 1]), (x, i) => x[i].A > 0 ? x[n] : x[n + 1]);
        yield return Choice("a number, else a number", x => Math.Where(x[..n] > 0, 1, 0) * x[..n], (x, i) => x[i].A > 0 ? x[i] : 0 * x[i]);
        yield return Choice("of one", x => Math.Where(x[..1] > 0, x[..n], x[1..(n + 1)]), (x, i) => x[0].A > 0 ? x[i] : x[i + 1]);
        yield return Choice("of constants", x => Math.Where((VarVector)constants > 0, x[..n], x[1..(n + 1)]), (x, i) => constants[i] > 0
            ? x[i] : x[i + 1]);
    }

    private static IEnumerable<ArrayCase> Comparisons(int n)
    {
        // Half of the pairs tie.
        double[] numbers = ArrayCase.Numbers(n), others = [.. ArrayCase.Numbers(n, 3).Select((y, i) => i % 2 == 0 ? y : numbers[i])],
            constants = others;
        ArrayCase Case(string how, string[] members, Func<VarVector, VarVector, Mask> compare, Func<double, double, bool> plain) =>
            new($"where {how}, n = {n}", members, [.. numbers, .. others],
                x => Math.Where(compare(x[..n], x[n..]), x[..n] * x[n..], x[n..] - 2),
                x => [.. Enumerable.Range(0, n).Select(i => plain(x[i].A, x[n + i].A) ? x[i] * x[n + i] : x[n + i] - 2)]);

        foreach ((string name, string member,
            Func<VarVector, VarVector, Mask> arrays, Func<VarVector, double, Mask> number, Func<double, double, bool> plain) in new (
            string, string, Func<VarVector, VarVector, Mask>, Func<VarVector, double, Mask>, Func<double, double, bool>)[]
        {
            (">", "op_GreaterThan", (x, y) => x > y, (x, c) => x > c, (x, y) => x > y),
            ("<", "op_LessThan", (x, y) => x < y, (x, c) => x < c, (x, y) => x < y),
            (">=", "op_GreaterThanOrEqual", (x, y) => x >= y, (x, c) => x >= c, (x, y) => x >= y),
            ("<=", "op_LessThanOrEqual", (x, y) => x <= y, (x, c) => x <= c, (x, y) => x <= y),
        })
        {
            yield return Case($"x {name} y", [$"VarVector.{member}(VarVector,VarVector)"], arrays, plain);
            yield return Case($"x {name} constants", [], (x, _) => arrays(x, constants), (x, y) => plain(x, y));
            yield return Case($"x {name} number", [$"VarVector.{member}(VarVector,Double)"], (x, _) => number(x, 0.9),
                (x, _) => plain(x, 0.9));
        }
        yield return Case("both", ["Mask.op_BitwiseAnd(Mask,Mask)"], (x, y) => x > 0 & y > 0, (x, y) => x > 0 && y > 0);
        yield return Case("either", ["Mask.op_BitwiseOr(Mask,Mask)"], (x, y) => x > 0 | y > 0, (x, y) => x > 0 || y > 0);
        yield return Case("not", ["Mask.op_LogicalNot(Mask)"], (x, y) => !(x > y), (x, y) => !(x > y));
    }

    private static IEnumerable<ArrayCase> Reductions(int n)
    {
        double[] constants = ArrayCase.Numbers(n, 2);
        ArrayCase Scalar(string member, string how, Func<VarVector, Var> recorded, Func<HyperDual[], HyperDual> plain,
            int? length = null) =>
            new($"{member} {how}, n = {n}", [$"VarVector.{member}"], ArrayCase.Numbers(length ?? n), x => VarVector.Of(recorded(x)),
                x => [plain(x)]);
        ArrayCase Array(string member, Func<VarVector, VarVector> recorded, Func<HyperDual[], IEnumerable<HyperDual>> plain,
            int? length = null) =>
            new($"{member}, n = {n}", [$"VarVector.{member}"], ArrayCase.Numbers(length ?? n), recorded, x => [.. plain(x)]);

        yield return Scalar("Sum()", "", x => x.Sum(), HyperDual.Sum);
        yield return Scalar("Product()", "", x => x.Product(), x => x.Aggregate(new HyperDual(1), (p, y) => p * y));
        yield return Scalar("Dot(VarVector)", "of two", x => x[..n].Dot(x[n..]),
            x => HyperDual.Sum(Enumerable.Range(0, n).Select(i => x[i] * x[n + i])), 2 * n);
        yield return Scalar("Dot(VarVector)", "with itself", x => x.Dot(x), x => HyperDual.Sum(x.Select(y => y * y)));
        yield return Scalar("Dot(VarVector)", "of overlapping slices", x => x[..n].Dot(x[1..]),
            x => HyperDual.Sum(Enumerable.Range(0, n).Select(i => x[i] * x[i + 1])), n + 1);
        yield return Scalar("Dot(VarVector)", "with constants", x => x.Dot(constants),
            x => HyperDual.Sum(x.Select((y, i) => y * constants[i])));
        yield return Scalar("Dot(VarVector)", "of constants", x => ((VarVector)constants).Dot(x),
            x => HyperDual.Sum(x.Select((y, i) => y * constants[i])));
        yield return Scalar("SquaredNorm()", "", x => x.SquaredNorm(), x => HyperDual.Sum(x.Select(y => y * y)));
        yield return Array("CumulativeSum()", x => x.CumulativeSum(), x => x.Select((_, i) => HyperDual.Sum(x[..(i + 1)])));
        yield return Array("Softmax()", x => x.Softmax(), Softmax);
        yield return Array("LogSoftmax()", x => x.LogSoftmax(), x => Softmax(x).Select(HyperDual.Log));
        if (n > 0)
        {
            yield return Scalar("Mean()", "", x => x.Mean(), x => HyperDual.Sum(x) / n);
            yield return Scalar("Min()", "", x => x.Min(), x => x.MinBy(y => y.A));
            yield return Scalar("Max()", "", x => x.Max(), x => x.MaxBy(y => y.A));
            yield return Scalar("Norm()", "", x => x.Norm(), x => HyperDual.Sqrt(HyperDual.Sum(x.Select(y => y * y))));
            yield return Scalar("LogSumExp()", "", x => x.LogSumExp(), x => HyperDual.Log(HyperDual.Sum(x.Select(HyperDual.Exp))));
            yield return Scalar("CrossEntropy(Int32)", "", x => x.CrossEntropy(n / 2),
                x => HyperDual.Log(HyperDual.Sum(x.Select(HyperDual.Exp))) - x[n / 2]);
            Data half = Data.Of(n / 2);
            yield return Scalar("CrossEntropy(DataLabel)", "", x => x.CrossEntropy(half.Vector.Label(0)),
                x => HyperDual.Log(HyperDual.Sum(x.Select(HyperDual.Exp))) - x[n / 2]);
            yield return Array("get_Item(DataLabel)", x => VarVector.Of(x[half.Vector.Label(0)]), x => [x[n / 2]]);
            yield return Array("get_Item(Index)", x => VarVector.Of(x[^1]), x => [x[^1]]);
            yield return Array("get_Item(Int32)", x => VarVector.Of(x[n / 2]), x => [x[n / 2]]);
            int[] repeated = [.. Enumerable.Range(0, n + 3).Select(i => i * 5 % n)];
            yield return Array("Gather(Int32s)", x => x.Gather(repeated), x => repeated.Select(i => x[i]));
        }
        int[] targets = [.. Enumerable.Range(0, n).Select(i => i * 3 % 5)];
        yield return Array("ScatterAdd(Int32s,Int32)", x => x.ScatterAdd(targets, 5),
            x => Enumerable.Range(0, 5).Select(k => HyperDual.Sum(x.Where((_, i) => targets[i] == k))));
        if (n <= 17)
        {
            yield return Array("Outer(VarVector)", x => x[..n].Outer(x[n..]).Flatten(),
                x => Enumerable.Range(0, n * n).Select(k => x[k / n] * x[n + k % n]), 2 * n);
            yield return Scalar("QuadraticForm(VarMatrix)", "", x => x[..n].QuadraticForm(x.Matrix(n, n, n)),
                x => HyperDual.Sum(Enumerable.Range(0, n * n).Select(k => x[k / n] * x[n + k] * x[k % n])), n + n * n);
        }
    }

    public static IEnumerable<HyperDual> Softmax(HyperDual[] x)
    {
        HyperDual sum = HyperDual.Sum(x.Select(HyperDual.Exp));
        return x.Select(y => HyperDual.Exp(y) / sum);
    }

    private static IEnumerable<ArrayCase> Moves(int n)
    {
        double[] constants = ArrayCase.Numbers(3, 2);
        ArrayCase Case(string member, Func<VarVector, VarVector> recorded, Func<HyperDual[], IEnumerable<HyperDual>> plain) =>
            new($"{member}, n = {n}", [$"VarVector.{member}"], ArrayCase.Numbers(2 * n + 1), recorded, x => [.. plain(x)]);
        yield return Case("get_Item(Range)", x => x[1..^n], x => x[1..^n]);
        yield return Case("Slice(Int32,Int32)", x => x.Slice(n, n), x => x[n..^1]);
        yield return Case("Matrix(Int32,Int32,Int32)", x => x.Matrix(1, 2, n).Row(1), x => x[(n + 1)..]);
        yield return Case("Reshape(Int32,Int32)", x => x[1..].Reshape(n, 2).Column(1),
            x => Enumerable.Range(0, n).Select(i => x[2 + 2 * i]));
        yield return Case("AsRow()", x => (x.AsRow() * 2).Row(0), x => x.Select(y => 2 * y));
        yield return Case("AsColumn()", x => (x.AsColumn() * 2).Column(0), x => x.Select(y => 2 * y));
        yield return Case("Of(Vars)", x => VarVector.Of([.. Enumerable.Range(0, n).Select(i => x[2 * n - i]), 2.5, x[n]]),
            x => [.. Enumerable.Range(0, n).Select(i => x[2 * n - i]), 2.5, x[n]]);
        yield return Case("ToArray()", x => VarVector.Of([.. x[1..].ToArray().Reverse()]), x => x[1..].Reverse());
        yield return Case("Concat(VarVectors)", x => VarVector.Concat(x[n..], constants, VarVector.Constant(3), x[..n], x[..0]),
            x => [.. x[n..], .. constants.Select(c => (HyperDual)c), 3, .. x[..n]]);
    }
}
