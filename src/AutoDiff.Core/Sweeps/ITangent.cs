using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>
/// What the sweeps propagate: one tangent, one tangent with an absolute zero, or eight tangents at once. Primal values and partials stay
/// plain numbers.
/// </summary>
internal unsafe interface ITangent<D> where D : unmanaged, ITangent<D>
{
    static abstract D operator +(D x, D y);
    static abstract D operator -(D x, D y);
    static abstract D operator -(D x);

    /// <summary>A partial times a tangent.</summary>
    static abstract D operator *(double partial, D tangent);

    /// <summary>A tangent times a reciprocal partial.</summary>
    static abstract D operator /(D tangent, double partial);

    /// <summary>The product of two factors of a tangent's coefficient.</summary>
    static abstract double Product(double x, double y);

    /// <summary>The quotient of two factors of a tangent's coefficient.</summary>
    static abstract double Quotient(double x, double y);

    /// <summary>The operation's kernels for this kind of tangent.</summary>
    static abstract ref readonly TangentKernels Select(in OperationKernels kernels);

    /// <summary>The operation's adjoint kernel in this kind of arithmetic.</summary>
    static abstract delegate*<Workspace, int, int, int, void> SelectAdjoint(in OperationKernels kernels);
}

/// <summary>One tangent, in IEEE arithmetic.</summary>
internal readonly unsafe struct Plain(double value) : ITangent<Plain>
{
    public readonly double Value = value;

    public static Plain operator +(Plain x, Plain y) => new(x.Value + y.Value);
    public static Plain operator -(Plain x, Plain y) => new(x.Value - y.Value);
    public static Plain operator -(Plain x) => new(-x.Value);
    public static Plain operator *(double partial, Plain tangent) => new(partial * tangent.Value);
    public static Plain operator /(Plain tangent, double partial) => new(tangent.Value / partial);
    public static double Product(double x, double y) => x * y;
    public static double Quotient(double x, double y) => x / y;
    public static ref readonly TangentKernels Select(in OperationKernels kernels) => ref kernels.Plain;
    public static delegate*<Workspace, int, int, int, void> SelectAdjoint(in OperationKernels kernels) => kernels.AdjointPlain;
}

/// <summary>
/// One tangent, where a factor of exactly zero gives zero even if the other is infinite or NaN. Sweeps run in <see cref="Plain"/>
/// arithmetic, and once more in this one if their result is not finite: where it is, the two
/// agree, to the bit for scalar operations.
/// </summary>
internal readonly unsafe struct Absolute(double value) : ITangent<Absolute>
{
    public readonly double Value = value;

    public static Absolute operator +(Absolute x, Absolute y) => new(x.Value + y.Value);
    public static Absolute operator -(Absolute x, Absolute y) => new(x.Value - y.Value);
    public static Absolute operator -(Absolute x) => new(-x.Value);
    public static Absolute operator *(double partial, Absolute tangent) => new(Rules.AbsoluteProduct.Value(partial, tangent.Value));
    public static Absolute operator /(Absolute tangent, double partial) => new(Rules.AbsoluteQuotient.Value(tangent.Value, partial));
    public static double Product(double x, double y) => Rules.AbsoluteProduct.Value(x, y);
    public static double Quotient(double x, double y) => Rules.AbsoluteQuotient.Value(x, y);
    public static ref readonly TangentKernels Select(in OperationKernels kernels) => ref kernels.Absolute;
    public static delegate*<Workspace, int, int, int, void> SelectAdjoint(in OperationKernels kernels) => kernels.AdjointAbsolute;
}

/// <summary>Eight tangents side by side, in IEEE arithmetic.</summary>
internal readonly unsafe struct Eight(Vector512<double> value) : ITangent<Eight>
{
    public const int Count = 8;

    public readonly Vector512<double> Value = value;

    public static Eight operator +(Eight x, Eight y) => new(x.Value + y.Value);
    public static Eight operator -(Eight x, Eight y) => new(x.Value - y.Value);
    public static Eight operator -(Eight x) => new(-x.Value);
    public static Eight operator *(double partial, Eight tangent) => new(Vector512.Create(partial) * tangent.Value);
    public static Eight operator /(Eight tangent, double partial) => new(tangent.Value / Vector512.Create(partial));
    public static double Product(double x, double y) => x * y;
    public static double Quotient(double x, double y) => x / y;
    public static ref readonly TangentKernels Select(in OperationKernels kernels) => ref kernels.Eight;
    public static delegate*<Workspace, int, int, int, void> SelectAdjoint(in OperationKernels kernels) => throw new NotSupportedException("Adjoints are single.");
}
