namespace AutoDiff.Engine;

/// <summary>Where an operand of a scalar operation stands.</summary>
internal enum OperandKind : byte
{
    None,
    Slot,
    Constant,
}

/// <summary>An elementwise operation on scalars, carried out on numbers that are given rather than on slots.</summary>
internal abstract class ScalarOperation : Operation
{
    public abstract OperandKind Left { get; }

    public abstract OperandKind Right { get; }

    /// <summary>The code of the same operation on slots only.</summary>
    public abstract ushort WithSlots { get; }

    /// <summary>z = φ(x, y).</summary>
    public abstract T Value<T>(T x, T y) where T : struct, IScalar<T>;

    /// <summary>x̄ += ∂φ/∂x · z̄ and ȳ += ∂φ/∂y · z̄, for the operands that are slots.</summary>
    public abstract void Pull<T>(T x, T y, T z, T zBar, ref T xBar, ref T yBar) where T : struct, IScalar<T>;
}
