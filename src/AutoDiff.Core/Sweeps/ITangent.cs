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

    /// <summary>The tangent of what no path leads to.</summary>
    static abstract D None { get; }

    /// <summary>A partial that is the value of another operand, in a slot.</summary>
    static abstract double Factor(double value, Workspace w, nint slot);

    /// <summary>A partial that is a constant.</summary>
    static abstract double Constant(double value);

    /// <summary>The partial of a rule that levels off, of the result in one slot by the value in another.</summary>
    static abstract double Slope(double partial, Workspace w, int operand, int result);

    /// <summary>A partial whose zero says nothing of structure.</summary>
    static abstract double Live(double partial);

    /// <summary>The partial of a rule that selects among its operands: 0 of what was not chosen.</summary>
    static abstract double Share(double partial);

    /// <summary>√(x² + y²).</summary>
    static abstract D Norm(D x, D y);

    /// <summary>change · part / whole, where part is a component of whole: zero if it is, and undefined if only the whole is.</summary>
    static abstract D Along(D change, D part, D whole);

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
    public static Plain None => default;
    public static double Factor(double value, Workspace w, nint slot) => value;
    public static double Constant(double value) => value;
    public static double Slope(double partial, Workspace w, int operand, int result) => partial;
    public static double Live(double partial) => partial;
    public static double Share(double partial) => partial;
    public static Plain Norm(Plain x, Plain y) => new(double.Hypot(x.Value, y.Value));
    public static Plain Along(Plain change, Plain part, Plain whole) =>
        new(part.Value == 0 ? 0 : change.Value * (part.Value / whole.Value));
    public static ref readonly TangentKernels Select(in OperationKernels kernels) => ref kernels.Plain;
    public static delegate*<Workspace, int, int, int, void> SelectAdjoint(in OperationKernels kernels) => kernels.AdjointPlain;
}

/// <summary>
/// One tangent, where a factor that is structurally zero gives zero even if the other is infinite or NaN (see <see cref="Zeros"/>). Sweeps
/// run in <see cref="Plain"/> arithmetic, and once more in this one if their result is not finite.
/// </summary>
internal readonly unsafe struct Absolute(double value) : ITangent<Absolute>
{
    public readonly double Value = value;

    public static Absolute operator +(Absolute x, Absolute y) => new(x.Value + y.Value);
    public static Absolute operator -(Absolute x, Absolute y) => new(Zeros.Difference(x.Value, y.Value));
    public static Absolute operator -(Absolute x) => new(Zeros.Negative(x.Value));
    public static Absolute operator *(double partial, Absolute tangent) => new(Zeros.Product(partial, tangent.Value));
    public static Absolute operator /(Absolute tangent, double partial) => new(Zeros.Quotient(tangent.Value, partial));
    public static double Product(double x, double y) => Zeros.Product(x, y);
    public static double Quotient(double x, double y) => Zeros.Quotient(x, y);
    public static Absolute None => new(Zeros.Structural);

    // A variable's value of 0 is no reason; a number's that depends on none is.
    public static double Factor(double value, Workspace w, nint slot) =>
        value != 0 ? value : w.Recording.Dependence.IsVariable((int)slot) ? 0.0 : Zeros.Structural;

    public static double Constant(double value) => Zeros.Constant(value);

    public static double Slope(double partial, Workspace w, int operand, int result) =>
        partial != 0 ? partial : w.IsAtInfinity ? 0.0 : Zeros.Slope(partial, w.ValueOf(operand), w.Values[result]);

    public static double Live(double partial) => Zeros.Live(partial);

    public static double Share(double partial) => Zeros.Constant(partial);

    public static Absolute Norm(Absolute x, Absolute y) =>
        Zeros.IsStructural(x.Value) && Zeros.IsStructural(y.Value) ? x : new(double.Hypot(x.Value, y.Value));

    public static Absolute Along(Absolute change, Absolute part, Absolute whole) =>
        part.Value == 0 ? part : new(Zeros.Product(change.Value, part.Value / whole.Value));

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
    public static Eight None => default;
    public static double Factor(double value, Workspace w, nint slot) => value;
    public static double Constant(double value) => value;
    public static double Slope(double partial, Workspace w, int operand, int result) => partial;
    public static double Live(double partial) => partial;
    public static double Share(double partial) => partial;
    public static Eight Norm(Eight x, Eight y) => new(Rules.Hypot.Value(new Lanes8(x.Value), new Lanes8(y.Value)).Value);
    public static Eight Along(Eight change, Eight part, Eight whole) =>
        new(Vector512.AndNot(change.Value * (part.Value / whole.Value), Vector512.Equals(part.Value, Vector512<double>.Zero)));
    public static ref readonly TangentKernels Select(in OperationKernels kernels) => ref kernels.Eight;
    public static delegate*<Workspace, int, int, int, void> SelectAdjoint(in OperationKernels kernels) =>
        throw new NotSupportedException("Adjoints are single.");
}
