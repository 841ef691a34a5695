namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>Arrays as plain C# arrays of scalars: everything that is not one scalar operation is written out by its definition.</summary>
public abstract class Elements<S> : Machine<S, S[]>
{
    public override int Length(S[] x) => x.Length;

    public override S[] Numbers(double[] values) => [.. values.Select(Number)];

    public override S[] Unary(Fn f, S[] x) => [.. x.Select(e => Unary(f, e))];

    public override S[] Binary(Bi f, S[] x, S[] y) => [.. x.Zip(y, (a, b) => Binary(f, a, b))];

    public override S[] Binary(Bi f, S[] x, S y) => [.. x.Select(a => Binary(f, a, y))];

    public override S[] Binary(Bi f, S x, S[] y) => [.. y.Select(b => Binary(f, x, b))];

    public override S[] Power(S[] x, double c) => [.. x.Select(e => Power(e, c))];

    public override S[] Fma(S[] x, S[] y, S[] z) => [.. x.Select((e, i) => Fma(e, y[i], z[i]))];

    public override S[] Bump(S[] x) => [.. x.Select(Bump)];

    public override S[] Choose(S[] x, S[] y, bool orEqual, S[] then, S[] otherwise) =>
        [.. x.Select((e, i) => ReferenceEquals(x, y) || Same(e, y[i]) ? orEqual ? then[i] : otherwise[i] : Less(y[i], e) ? then[i]
            : otherwise[i])];

    /// <summary>Whether both are one and the same number, not only equal ones.</summary>
    protected abstract bool Same(S x, S y);

    public override S Element(S[] x, int i) => x[i];

    public override S[] Slice(S[] x, int start, int length) => x[start..(start + length)];

    public override S[] Concat(S[] x, S[] y) => [.. x, .. y];

    public override S[] Pack(S[] x) => [.. x];

    public override S[] Gather(S[] x, int[] indices) => [.. indices.Select(i => x[i])];

    public override S[] ScatterAdd(S[] x, int[] indices, int length) =>
        [.. Enumerable.Range(0, length).Select(k => Sum([.. x.Where((_, i) => indices[i] == k)]))];

    public override S[] Softmax(S[] x) => Unary(Fn.Exp, LogSoftmax(x));

    public override S[] LogSoftmax(S[] x) => Binary(Bi.Subtract, x, LogSumExp(x));

    public override S LogSumExp(S[] x)
    {
        S highest = Shift(x);
        return Binary(Bi.Add, highest, Unary(Fn.Log, Sum(Unary(Fn.Exp, Binary(Bi.Subtract, x, highest)))));
    }

    /// <summary>The largest value, as a constant.</summary>
    protected abstract S Shift(S[] x);

    public override S[] CumulativeSum(S[] x) => [.. x.Select((_, i) => Sum(x[..(i + 1)]))];

    public override S[] MatMul(S[] x, int rows, S[] y, int columns)
    {
        int inner = x.Length / rows;
        S[] z = new S[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                z[i * columns + j] = Sum(
                    [.. Enumerable.Range(0, inner).Select(k => Binary(Bi.Multiply, x[i * inner + k], y[k * columns + j]))]);
        }
        return z;
    }

    public override S[] Solve(S[] matrix, S[] b)
    {
        (S[,] upper, S[] right) = Eliminate(matrix, b);
        int n = b.Length;
        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++)
                right[i] = Binary(Bi.Subtract, right[i], Binary(Bi.Multiply, upper[i, j], right[j]));
            right[i] = Binary(Bi.Divide, right[i], upper[i, i]);
        }
        return right;
    }

    public override S[] SolveTriangular(S[] matrix, S[] b)
    {
        int n = b.Length;
        S[] x = new S[n];
        for (int i = 0; i < n; i++)
        {
            x[i] = b[i];
            for (int j = 0; j < i; j++)
                x[i] = Binary(Bi.Subtract, x[i], Binary(Bi.Multiply, matrix[i * n + j], x[j]));
            x[i] = Binary(Bi.Divide, x[i], matrix[i * n + i]);
        }
        return x;
    }

    private (S[,] Upper, S[] Right) Eliminate(S[] matrix, S[] b)
    {
        int n = b.Length;
        S[,] a = new S[n, n];
        for (int i = 0; i < n * n; i++)
            a[i / n, i % n] = matrix[i];
        S[] right = [.. b];
        for (int k = 0; k < n; k++)
        {
            for (int i = k + 1; i < n; i++)
            {
                S factor = Binary(Bi.Divide, a[i, k], a[k, k]);
                for (int j = k + 1; j < n; j++)
                    a[i, j] = Binary(Bi.Subtract, a[i, j], Binary(Bi.Multiply, factor, a[k, j]));
                right[i] = Binary(Bi.Subtract, right[i], Binary(Bi.Multiply, factor, right[k]));
            }
        }
        return (a, right);
    }

    public override S Determinant(S[] matrix, int n) => Product(Pivots(matrix, n));

    public override S LogDeterminant(S[] matrix, int n) => Sum(Unary(Fn.Log, Pivots(matrix, n)));

    private S[] Pivots(S[] matrix, int n)
    {
        S[,] upper = Eliminate(matrix, [.. Enumerable.Repeat(Number(0), n)]).Upper;
        return [.. Enumerable.Range(0, n).Select(i => upper[i, i])];
    }

    public override S[] ColumnSums(S[] x, int rows)
    {
        int columns = x.Length / rows;
        return [.. Enumerable.Range(0, columns).Select(j => Sum([.. Enumerable.Range(0, rows).Select(i => x[i * columns + j])]))];
    }

    // The suite's own array functions: xᵢxᵢ₊₁; sin(xᵢ)·x₀; and their sum with both written in numbers only.
    public override S[] Custom(int which, S[] x) => which switch
    {
        0 => [.. x.Select((e, i) => Binary(Bi.Multiply, e, x[(i + 1) % x.Length]))],
        1 => [.. x.Select(e => Binary(Bi.Multiply, Unary(Fn.Sin, e), x[0]))],
        _ => [Sum(Binary(Bi.Multiply, Binary(Bi.Multiply, x, x), x)), Sum(x)],
    };

    public override S Dot(S[] x, S[] y) => Sum(Binary(Bi.Multiply, x, y));

    public override S Norm(S[] x) => Unary(Fn.Sqrt, Sum(Unary(Fn.Square, x)));

    public override S Mean(S[] x) => Binary(Bi.Multiply, Sum(x), Number(1.0 / x.Length));

    public override S Product(S[] x) => x.Aggregate((a, b) => Binary(Bi.Multiply, a, b));

    public override S Largest(S[] x) => x.Aggregate((a, b) => Same(a, b) ? a : Less(a, b) ? b : a);

    public override S Smallest(S[] x) => x.Aggregate((a, b) => Same(a, b) ? a : Less(b, a) ? b : a);
}
