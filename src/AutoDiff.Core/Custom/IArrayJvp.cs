namespace AutoDiff;

/// <summary>The derivative of an <see cref="ArrayFunction"/> as a Jacobian-vector product over array variables.</summary>
public interface IArrayJvp
{
    /// <summary>ẏ = ∂F(x)·ẋ, given y = F(x): linear in ẋ, and made of operations on the arguments only. Enough for every mode and order of
    /// differentiation.</summary>
    VarVector Jvp(VarVector x, VarVector y, VarVector xDot);
}
