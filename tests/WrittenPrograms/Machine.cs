namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>Functions of one variable, by their place in programs.</summary>
public enum Fn { Sin, Cos, Tanh, Atan, Sigmoid, Softplus, Erf, Gelu, Silu, LogSigmoid, NormalCdf, Asinh, Relu, Abs, Square, Exp, ExpM1,
    Exp2, Sinh, Cosh, Tan, Log, Sqrt, Cbrt, LogP1, Reciprocal, Asin, Acos, Atanh, Acosh, Negate }

/// <summary>Functions of two variables.</summary>
public enum Bi { Add, Subtract, Multiply, Divide, Max, Min, Hypot, Atan2, Pow, LogAddExp }

/// <summary>What programs are run on: scalars S and arrays V. The walker sees to it that arguments lie in the functions' domains.</summary>
public abstract class Machine<S, V>
{
    /// <summary>Keeps a value in a register; a machine that writes code writes an assignment.</summary>
    public virtual S Keep(string register, S value) => value;

    /// <summary>The same for an array.</summary>
    public virtual V Keep(string register, V value) => value;

    /// <summary>Runs one of two parts of the program.</summary>
    public virtual void If(S x, S y, Action then, Action otherwise)
    {
        if (Less(x, y))
            then();
        else
            otherwise();
    }

    /// <summary>One of two values, of which only that one is computed.</summary>
    public virtual S If(S x, S y, Func<S> then, Func<S> otherwise) => Less(x, y) ? then() : otherwise();

    public abstract S Number(double value);

    public abstract S Unary(Fn f, S x);

    public abstract S Binary(Bi f, S x, S y);

    public abstract S Power(S x, double c);

    public abstract S Fma(S x, S y, S z);

    public abstract S Stop(S x);

    public abstract S Bump(S x);

    public abstract bool Less(S x, S y);

    public abstract int Length(V x);

    public abstract V Numbers(double[] values);

    public abstract V Unary(Fn f, V x);

    public abstract V Binary(Bi f, V x, V y);

    public abstract V Binary(Bi f, V x, S y);

    public abstract V Binary(Bi f, S x, V y);

    public abstract V Power(V x, double c);

    public abstract V Fma(V x, V y, V z);

    public abstract V Bump(V x);

    public abstract V Choose(V x, V y, bool orEqual, V then, V otherwise);

    public abstract S Element(V x, int i);

    public abstract V Slice(V x, int start, int length);

    public abstract V Concat(V x, V y);

    public abstract V Pack(S[] x);

    public abstract V Gather(V x, int[] indices);

    public abstract V ScatterAdd(V x, int[] indices, int length);

    public abstract V Softmax(V x);

    public abstract V LogSoftmax(V x);

    public abstract V CumulativeSum(V x);

    public abstract V MatMul(V x, int rows, V y, int columns);

    public abstract V Solve(V matrix, V b);

    public abstract V SolveTriangular(V matrix, V b);

    public abstract V ColumnSums(V x, int rows);

    public abstract V Custom(int which, V x);

    public abstract S Sum(V x);

    public abstract S Dot(V x, V y);

    public abstract S Norm(V x);

    public abstract S LogSumExp(V x);

    public abstract S Mean(V x);

    public abstract S Product(V x);

    public abstract S Largest(V x);

    public abstract S Smallest(V x);

    public abstract S LogDeterminant(V matrix, int n);

    public abstract S Determinant(V matrix, int n);

    public abstract S DataElement(int i);

    public abstract V DataArray();

    /// <summary>The element of x that the row's last number names.</summary>
    public abstract S Label(V x);

    public abstract S CrossEntropy(V x);

    public abstract V InnerGradient(Routine f, V x, S captured);

    public abstract V InnerHvp(Routine f, V x, V v, S captured);

    public abstract V InnerJvp(Routine f, V x, V v, S captured);

    public abstract V InnerVjp(Routine f, V x, V u, S captured);

    public abstract S InnerRows(Routine f, V x);
}
