using AutoDiff.Rules;

namespace AutoDiff.Tests.Core.Arrays;

/// <summary>Cases of <see cref="VarMatrix"/>'s elementwise operations, products, reductions and rearrangements, on matrices as stored and
/// transposed.</summary>
internal static class MatrixCases
{
    private static readonly (int Rows, int Columns)[] s_shapes = [(0, 0), (0, 3), (3, 0), (1, 1), (1, 9), (9, 1), (3, 4), (5, 5), (4, 17)];

    public static IEnumerable<ArrayCase> All => s_shapes.SelectMany(s => Elementwise(s.Rows, s.Columns).Concat(Ternary(s.Rows, s.Columns))
        .Concat(Reductions(s.Rows, s.Columns)).Concat(Moves(s.Rows, s.Columns)).Concat(Products(s.Rows, s.Columns)));

    /// <summary>The rows × columns matrix at an offset of x, stored in either way.</summary>
    public static VarMatrix Take(VarVector x, int offset, int rows, int columns, bool transposed) =>
        transposed ? x.Matrix(offset, columns, rows).Transpose() : x.Matrix(offset, rows, columns);

    public static HyperMatrix Take(HyperDual[] x, int offset, int rows, int columns, bool transposed) =>
        new(rows, columns, (i, j) => x[offset + (transposed ? j * rows + i : i * columns + j)]);

    public static double[,] Constants(int rows, int columns)
    {
        double[,] constants = new double[rows, columns];
        Buffer.BlockCopy(ArrayCase.Numbers(rows * columns, 5), 0, constants, 0, rows * columns * sizeof(double));
        return constants;
    }

    private static IEnumerable<ArrayCase> Elementwise(int r, int c)
    {
        double[,] constants = Constants(r, c);
        double[] row = ArrayCase.Numbers(c, 6);
        foreach ((string name, Func<VarMatrix, VarMatrix, VarMatrix> f, Func<HyperDual, HyperDual, HyperDual> plain) in new (
            string, Func<VarMatrix, VarMatrix, VarMatrix>, Func<HyperDual, HyperDual, HyperDual>)[]
        {
            ("op_Addition", (x, y) => x + y, (x, y) => x + y), ("op_Subtraction", (x, y) => x - y, (x, y) => x - y),
            ("op_Multiply", (x, y) => x * y, (x, y) => x * y), ("op_Division", (x, y) => x / y, (x, y) => x / y),
            ("op_Modulus", (x, y) => x % y, (x, y) => x % y),
            ("Apply", VarMatrix.Apply<Divide>, (x, y) => x / y),
        })
        {
            foreach (bool transposed in new[] { false, true })
            {
                ArrayCase Case(string how,
                    Func<VarMatrix, VarVector, VarMatrix> recorded, Func<HyperMatrix, HyperDual[], int, int, HyperDual> elements,
                    params string[] more) =>
                    new($"matrix {name} {how}, {r}×{c}, transposed {transposed}", [$"VarMatrix.{name}(VarMatrix,VarMatrix)", .. more],
                        ArrayCase.Numbers(2 * r * c + 1),
                        x => recorded(Take(x, 0, r, c, transposed), x[(r * c)..]).Flatten(),
                        x => new HyperMatrix(r, c, (i, j) => elements(Take(x, 0, r, c, transposed), x[(r * c)..], i, j)).Flat);

                yield return Case("of two", (a, x) => f(a, x.Matrix(0, r, c)), (a, x, i, j) => plain(a[i, j], x[i * c + j]));
                yield return Case("of one transposed", (a, x) => f(x.Matrix(0, r, c), a), (a, x, i, j) => plain(x[i * c + j], a[i, j]));
                yield return Case("with itself", (a, _) => f(a, a), (a, _, i, j) => plain(a[i, j], a[i, j]));
                yield return Case("by constants", (a, _) => f(a, constants), (a, _, i, j) => plain(a[i, j], constants[i, j]),
                    "VarMatrix.op_Implicit(Double[,])");
                yield return Case("of constants", (a, _) => f(constants, a), (a, _, i, j) => plain(constants[i, j], a[i, j]));
                yield return Case("by a scalar", (a, x) => f(a, x[^1]), (a, x, i, j) => plain(a[i, j], x[^1]),
                    "VarMatrix.op_Implicit(Var)");
                yield return Case("of a number", (a, _) => f(1.25, a), (a, _, i, j) => plain(1.25, a[i, j]),
                    "VarMatrix.op_Implicit(Double)");
                yield return Case("by a constant row", (a, _) => f(a, (VarVector)row), (a, _, i, j) => plain(a[i, j], row[j]));
                if (r > 0)
                    yield return Case("by a row", (a, x) => f(a, x[..c]), (a, x, i, j) => plain(a[i, j], x[j]),
                        "VarMatrix.op_Implicit(VarVector)");
                if (c > 0)
                    yield return Case("of a column", (a, x) => f(x[..r].AsColumn(), a), (a, x, i, j) => plain(x[i], a[i, j]));
                if (r * c > 0)
                {
                    yield return Case("of a column and a row", (a, x) => f(x[..r].AsColumn(), a.Row(0)),
                        (a, x, i, j) => plain(x[i], a[0, j]));
                    yield return Case("of its own row", (a, _) => f(a, a.Row(r - 1)), (a, _, i, j) => plain(a[i, j], a[r - 1, j]));
                }
                if (r == c)
                    yield return Case("with its transpose", (a, _) => f(a, a.Transpose()), (a, _, i, j) => plain(a[i, j], a[j, i]));
            }
        }
        foreach (bool transposed in new[] { false, true })
        {
            ArrayCase Unary(string name, Func<VarMatrix, VarMatrix> recorded, Func<HyperDual, HyperDual> plain) => new(
                $"matrix {name}, {r}×{c}, transposed {transposed}", [$"VarMatrix.{name}(VarMatrix)"], ArrayCase.Numbers(r * c),
                x => recorded(Take(x, 0, r, c, transposed)).Flatten(), x => [.. Take(x, 0, r, c, transposed).Flat.Select(plain)]);
            yield return Unary("op_UnaryNegation", a => -a, x => -x);
            yield return Unary("Apply", VarMatrix.Apply<Tanh>, HyperDual.Tanh);
        }
    }

    /// <summary>x · y + z, and comparisons with what they choose.</summary>
    private static IEnumerable<ArrayCase> Ternary(int r, int c)
    {
        double[,] constants = Constants(r, c);
        foreach (bool transposed in new[] { false, true })
        {
            ArrayCase Case(string how, string member,
                Func<VarMatrix, VarVector, VarMatrix> recorded, Func<HyperMatrix, HyperDual[], int, int, HyperDual> elements) =>
                new($"{member} {how}, {r}×{c}, transposed {transposed}", [$"VarMatrix.{member}(VarMatrix,VarMatrix{(member[0] == 'F' ? ",VarMatrix" : "")})"], ArrayCase.Numbers(2 * r * c + c + 1),
                    x => recorded(Take(x, 0, r, c, transposed), x[(r * c)..]).Flatten(),
                    x => new HyperMatrix(r, c, (i, j) => elements(Take(x, 0, r, c, transposed), x[(r * c)..], i, j)).Flat);

            const string fused = "FusedMultiplyAdd";
            yield return Case("x y + x", fused, (a, x) => Math.FusedMultiplyAdd(a, x.Matrix(0, r, c), a),
                (a, x, i, j) => a[i, j] * x[i * c + j] + a[i, j]);
            yield return Case("with a number and constants", fused, (a, _) => Math.FusedMultiplyAdd(2, a, constants),
                (a, _, i, j) => 2 * a[i, j] + constants[i, j]);
            yield return Case("with scalars", fused, (a, x) => Math.FusedMultiplyAdd(x[^1], a, x[0]), (a, x, i, j) => x[^1] * a[i, j]
                + x[0]);
            if (r > 0)
                yield return Case("with a row", fused, (a, x) => Math.FusedMultiplyAdd(a, x[..c], x[1..(c + 1)]),
                    (a, x, i, j) => a[i, j] * x[j] + x[j + 1]);
            if (c > 0)
                yield return Case("with a column and a row", fused, (a, x) => Math.FusedMultiplyAdd(x[..r].AsColumn(), x[..c], a),
                    (a, x, i, j) => x[i] * x[j] + a[i, j]);

            foreach ((string member, Func<VarMatrix, VarMatrix, Mask> compare, Func<double, double, bool> plain) in new (
                string, Func<VarMatrix, VarMatrix, Mask>, Func<double, double, bool>)[]
            {
                ("op_GreaterThan", (x, y) => x > y, (x, y) => x > y), ("op_LessThan", (x, y) => x < y, (x, y) => x < y),
                ("op_GreaterThanOrEqual", (x, y) => x >= y, (x, y) => x >= y), ("op_LessThanOrEqual", (x, y) => x <= y, (x, y) => x <= y),
            })
            {
                yield return Case("x or y", member, (a, x) => Math.Where(compare(a, x.Matrix(0, r, c)), a * a, x.Matrix(1, r, c)),
                    (a, x, i, j) => plain(a[i, j].A, x[i * c + j].A) ? a[i, j] * a[i, j] : x[1 + i * c + j]);
                yield return Case("ties, with a number", member, (a, _) => Math.Where(compare(a, a), a, 0), (a, _, i, j) => plain(1, 1)
                    ? a[i, j] : 0);
                yield return Case("by a number, with a scalar", member, (a, x) => Math.Where(compare(0.9, a), x[^1], a),
                    (a, x, i, j) => plain(0.9, a[i, j].A) ? x[^1] : a[i, j]);
                if (r > 0)
                    yield return Case("by vectors, of rows", member, (a, x) => Math.Where(compare(x[..c], x[1..(c + 1)]), a, x[..c]),
                        (a, x, i, j) => plain(x[j].A, x[j + 1].A) ? a[i, j] : x[j]);
                if (c > 0)
                    yield return Case("by a column", member, (a, x) => Math.Where(compare(x[..r].AsColumn(), 0), a, constants),
                        (a, x, i, j) => plain(x[i].A, 0) ? a[i, j] : constants[i, j]);
            }
        }
    }

    private static IEnumerable<ArrayCase> Reductions(int r, int c)
    {
        int[] labels = [.. Enumerable.Range(0, r).Select(i => i * 7 % Math.Max(1, c))];
        foreach (bool transposed in new[] { false, true })
        {
            ArrayCase Case(string member, Func<VarMatrix, VarVector> recorded, Func<HyperMatrix, IEnumerable<HyperDual>> plain) => new(
                $"{member}, {r}×{c}, transposed {transposed}", [$"VarMatrix.{member}"], ArrayCase.Numbers(r * c, 11),
                x => recorded(Take(x, 0, r, c, transposed)), x => [.. plain(Take(x, 0, r, c, transposed))]);
            HyperDual Product(HyperDual[] x) => x.Aggregate(new HyperDual(1), (p, y) => p * y);
            HyperDual LogSumExp(HyperDual[] x) => HyperDual.Log(HyperDual.Sum(x.Select(HyperDual.Exp)));

            yield return Case("Sum()", a => VarVector.Of(a.Sum()), a => [HyperDual.Sum(a.Flat)]);
            yield return Case("Product()", a => VarVector.Of(a.Product()), a => [Product(a.Flat)]);
            yield return Case("SquaredNorm()", a => VarVector.Of(a.SquaredNorm()), a => [HyperDual.Sum(a.Flat.Select(x => x * x))]);
            yield return Case("SumRows()", a => a.SumRows(), a => a.Transpose().EachRow.Select(HyperDual.Sum));
            yield return Case("SumColumns()", a => a.SumColumns(), a => a.EachRow.Select(HyperDual.Sum));
            yield return Case("ProductRows()", a => a.ProductRows(), a => a.Transpose().EachRow.Select(Product));
            yield return Case("ProductColumns()", a => a.ProductColumns(), a => a.EachRow.Select(Product));
            if (r > 0)
            {
                yield return Case("MeanRows()", a => a.MeanRows(), a => a.Transpose().EachRow.Select(x => HyperDual.Sum(x) / r));
                yield return Case("MinRows()", a => a.MinRows(), a => a.Transpose().EachRow.Select(x => x.MinBy(y => y.A)));
                yield return Case("MaxRows()", a => a.MaxRows(), a => a.Transpose().EachRow.Select(x => x.MaxBy(y => y.A)));
            }
            if (c > 0)
            {
                yield return Case("MeanColumns()", a => a.MeanColumns(), a => a.EachRow.Select(x => HyperDual.Sum(x) / c));
                yield return Case("MinColumns()", a => a.MinColumns(), a => a.EachRow.Select(x => x.MinBy(y => y.A)));
                yield return Case("MaxColumns()", a => a.MaxColumns(), a => a.EachRow.Select(x => x.MaxBy(y => y.A)));
                yield return Case("LogSumExp()", a => a.LogSumExp(), a => a.EachRow.Select(LogSumExp));
                yield return Case("Softmax()", a => a.Softmax().Flatten(), a => a.EachRow.SelectMany(VectorCases.Softmax));
                yield return Case("LogSoftmax()", a => a.LogSoftmax().Flatten(),
                    a => a.EachRow.SelectMany(VectorCases.Softmax).Select(HyperDual.Log));
                yield return Case("CrossEntropy(Int32s)", a => a.CrossEntropy(labels),
                    a => a.EachRow.Select((x, i) => LogSumExp(x) - x[labels[i]]));
            }
            if (r * c > 0)
            {
                Data last = Data.Of(r - 1);
                yield return Case("Row(DataLabel)", a => a.Row(last.Vector.Label(0)), a => a.EachRow.Last());
                yield return Case("Mean()", a => VarVector.Of(a.Mean()), a => [HyperDual.Sum(a.Flat) / (r * c)]);
                yield return Case("Min()", a => VarVector.Of(a.Min()), a => [a.Flat.MinBy(x => x.A)]);
                yield return Case("Max()", a => VarVector.Of(a.Max()), a => [a.Flat.MaxBy(x => x.A)]);
                yield return Case("Norm()", a => VarVector.Of(a.Norm()), a => [HyperDual.Sqrt(HyperDual.Sum(a.Flat.Select(x => x * x)))]);
            }
        }
    }

    private static IEnumerable<ArrayCase> Moves(int r, int c)
    {
        foreach (bool transposed in new[] { false, true })
        {
            ArrayCase Case(string member, Func<VarMatrix, VarVector> recorded, Func<HyperMatrix, IEnumerable<HyperDual>> plain) => new(
                $"{member}, {r}×{c}, transposed {transposed}", [$"VarMatrix.{member}"], ArrayCase.Numbers(r * c, 12),
                x => recorded(Take(x, 0, r, c, transposed)), x => [.. plain(Take(x, 0, r, c, transposed))]);
            yield return Case("Flatten()", a => a.Flatten(), a => a.Flat);
            yield return Case("Transpose()", a => a.Transpose().Flatten(), a => a.Transpose().Flat);
            yield return Case("Reshape(Int32,Int32)", a => a.Reshape(c, r).Transpose().Flatten(),
                a => new HyperMatrix(c, r, (i, j) => a.Flat[i * r + j]).Transpose().Flat);
            yield return Case("get_Item(Range,Range)", a => a[(r / 2).., (c / 3)..].Flatten(),
                a => a.EachRow.Skip(r / 2).SelectMany(x => x[(c / 3)..]));
            yield return Case("Diagonal()", a => a.Diagonal(), a => Enumerable.Range(0, Math.Min(r, c)).Select(i => a[i, i]));
            if (r * c == 0)
                continue;
            yield return Case("get_Item(Int32,Int32)", a => VarVector.Of(a[r - 1, c / 2]), a => [a[r - 1, c / 2]]);
            yield return Case("Row(Int32)", a => a.Row(r / 2), a => a.EachRow.ElementAt(r / 2));
            yield return Case("Column(Int32)", a => a.Column(c / 2), a => a.Transpose().EachRow.ElementAt(c / 2));
            yield return Case("Stack(VarVectors)", a => VarMatrix.Stack(a.Row(r - 1), a.Row(0), a.Row(r - 1)).Flatten(),
                a => new[] { r - 1, 0, r - 1 }.SelectMany(i => a.EachRow.ElementAt(i)));
        }
    }

    private static IEnumerable<ArrayCase> Products(int m, int k)
    {
        foreach ((int n, bool tx, bool ty) in from n in new[] { 0, 1, 3, 8 } from tx in new[] { false, true } from ty in new[] { false,
            true } select (n, tx, ty))
        {
            double[,] constants = Constants(k, n), left = Constants(n, m);
            ArrayCase Case(string how, Func<VarMatrix, VarMatrix, VarMatrix> recorded, Func<HyperMatrix, HyperMatrix, HyperMatrix> plain) =>
                new(
                $"MatMul {how}, {m}×{k}×{n}, transposed {tx} {ty}", ["VarMatrix.MatMul(VarMatrix)"], ArrayCase.Numbers(m * k + k * n, 13),
                x => recorded(Take(x, 0, m, k, tx), Take(x, m * k, k, n, ty)).Flatten(),
                x => plain(Take(x, 0, m, k, tx), Take(x, m * k, k, n, ty)).Flat);
            HyperMatrix Plain(double[,] c) => new(c.GetLength(0), c.GetLength(1), (i, j) => c[i, j]);
            yield return Case("of two", (a, b) => a.MatMul(b), (a, b) => a * b);
            if (!ty)
            {
                yield return Case("by constants", (a, _) => a.MatMul(constants), (a, _) => a * Plain(constants));
                yield return Case("of constants", (a, _) => ((VarMatrix)left).MatMul(a), (a, _) => Plain(left) * a);
                yield return Case("of a stored transposed constant", (a, _) => a.Transpose().MatMul(((VarMatrix)left).Transpose()),
                    (a, _) => a.Transpose() * Plain(left).Transpose());
            }
        }
        foreach (bool tx in new[] { false, true })
        {
            double[] constants = ArrayCase.Numbers(k, 4);
            ArrayCase Case(string how, string member,
                Func<VarMatrix, VarVector, VarVector> recorded, Func<HyperMatrix, HyperMatrix, HyperMatrix> plain) => new(
                $"MatMul {how}, {m}×{k}, transposed {tx}", [member], ArrayCase.Numbers(m * k + k, 14),
                x => recorded(Take(x, 0, m, k, tx), x[(m * k)..]), x => plain(Take(x, 0, m, k, tx), Take(x, m * k, k, 1, false)).Flat);
            yield return Case("by a vector", "VarMatrix.MatMul(VarVector)", (a, x) => a.MatMul(x), (a, x) => a * x);
            yield return Case("by a constant vector", "VarMatrix.MatMul(VarVector)", (a, _) => a.MatMul(constants),
                (a, _) => a * new HyperMatrix(k, 1, (i, _) => constants[i]));
            yield return Case("by its own transpose", "VarMatrix.MatMul(VarMatrix)", (a, _) => a.MatMul(a.Transpose()).Flatten(),
                (a, _) => a * a.Transpose());
            if (m == k)
                yield return Case("by itself", "VarMatrix.MatMul(VarMatrix)", (a, _) => a.MatMul(a).Flatten(), (a, _) => a * a);
        }
    }
}
