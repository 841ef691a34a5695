namespace AutoDiff.Engine;

/// <summary>The parameters of one use of a composite operation.</summary>
internal readonly ref struct CompositeArguments(ReadOnlySpan<int> integers)
{
    /// <summary>How many integers an instruction carries. The last is free for rules derived from others.</summary>
    public const int IntegerCount = 5;

    public readonly ReadOnlySpan<int> Integers = integers;
}

/// <summary>
/// y = F(u, v) for block operands, where neither elementwise nor linear nor bilinear structure says what the derivatives are: value, JVP
/// and VJP, each written once over any number type. The VJP in dual arithmetic is the second-order term of every Hessian-vector product; as
/// an operation of its own it is a derivative that can be differentiated again. An operand that the operation does not have is empty.
/// </summary>
internal interface ICompositeRule
{
    /// <summary>y = F(u, v).</summary>
    static abstract void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where T : struct, IScalar<T>;

    /// <summary>ẏ = ∂F(u, v)·(u̇, v̇), given y.</summary>
    static abstract void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot,
        ReadOnlySpan<T> vDot, Span<T> yDot)
        where T : struct, IScalar<T>;

    /// <summary>(ū, v̄) += ȳᵀ·∂F(u, v), given y; the adjoint of an inactive operand is empty.</summary>
    static abstract void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar,
        Span<T> vBar)
        where T : struct, IScalar<T>;

    /// <summary>Records the VJP whole; false if it is to be recorded element by element. <typeparamref name="TSelf"/> is the implementing
    /// rule.</summary>
    static virtual bool TryRecordAdjoint<TSelf>(RecordedComposite use) where TSelf : struct, ICompositeRule
    {
        Rules.Pullback<TSelf>.Record(use);
        return true;
    }

    /// <summary>Whether the rule selects elements, and <see cref="Adjoint"/> leaves out those that were not.</summary>
    static virtual bool IsSelection => false;

    /// <summary>Whether the rule is a norm, whose derivative at 0 is taken as 0: where its adjoint is 0 too, Hessian-vector products follow
    /// the direction.</summary>
    static virtual bool IsBent => false;

    /// <summary>Whether <see cref="Tangent"/> and <see cref="Adjoint"/> look at no number's value, so that they can run on several uses at
    /// once.</summary>
    static virtual bool DerivativesRunInLanes => false;

    /// <summary>Whether F is smooth wherever it is finite.</summary>
    static virtual bool IsSmooth => true;

    /// <summary>Records F as the smooth function that it is on the sides that <paramref name="trace"/> takes, or notes its singularities;
    /// for a rule that is not smooth. Null: as it is.</summary>
    static virtual VarVector? Trace(KinkTrace trace, ArrayView u, int rows, int columns, ReadOnlySpan<int> integers) => null;

    /// <summary>
    /// ū˙ += the tangent of <see cref="Adjoint"/>, for a rule of one operand whose VJP is stated by y alone: the closed form, in SIMD. By
    /// default there is none, and the VJP runs in dual arithmetic.
    /// </summary>
    static virtual bool TryAdjointTangent(
        in CompositeArguments arguments, ReadOnlySpan<Real> y, ReadOnlySpan<Real> yDot, ReadOnlySpan<Real> yBar, ReadOnlySpan<Real> yBarDot,
            Span<Real> uBarDot) => false;
}
