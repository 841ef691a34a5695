namespace AutoDiff;

/// <summary>The derivative of an <see cref="ArrayFunction"/> as a vector-Jacobian product over array variables.</summary>
public interface IArrayVjp
{
    /// <summary>x̄ = ∂F(x)ᵀ·ȳ, given y = F(x): linear in ȳ, and made of operations on the arguments only. Enough for every mode and order
    /// of differentiation.</summary>
    VarVector Vjp(VarVector x, VarVector y, VarVector yBar);
}
