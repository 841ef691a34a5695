namespace AutoDiff.Engine;

/// <summary>
/// The first derivatives of an array function from whichever rules it has: in plain numbers its numeric rule first, then its rule in the
/// array algebra, then the transpose of its other one; over other number types from the array algebra alone.
/// </summary>
internal static class CustomRules
{
    /// <summary>ẏ = ∂F(x)·ẋ.</summary>
    public static void Tangent(
        ArrayFunction function, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> xDot, Span<double> yDot)
    {
        switch (function)
        {
            case INumericJvp numeric:
                using (Shield.Raise())
                {
                    yDot.Clear();
                    numeric.Jvp(x, y, xDot, yDot);
                }
                break;
            case IArrayJvp rule:
                using (Shield.Raise())
                    CopyChecked(function, nameof(IArrayJvp.Jvp), rule.Jvp(x.ToArray(), y.ToArray(), xDot.ToArray()), yDot);
                break;
            case IArrayVjp rule:
                using (DerivativeMap transposed = DerivativeMap.OfVjp(function, rule, x, y, Ones(y.Length)))
                    transposed.Transpose(xDot, yDot);
                break;
            default:
                throw Missing(function, "A tangent (Jvp, Jacobian, Hvp)", nameof(INumericJvp));
        }
    }

    /// <summary>x̄ = ∂F(x)ᵀ·ȳ.</summary>
    public static void Adjoint(
        ArrayFunction function, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar, Span<double> xBar)
    {
        switch (function)
        {
            case INumericVjp numeric:
                using (Shield.Raise())
                {
                    xBar.Clear();
                    numeric.Vjp(x, y, yBar, xBar);
                }
                break;
            case IArrayVjp rule:
                using (Shield.Raise())
                    CopyChecked(function, nameof(IArrayVjp.Vjp), rule.Vjp(x.ToArray(), y.ToArray(), yBar.ToArray()), xBar);
                break;
            case IArrayJvp rule:
                using (DerivativeMap transposed = DerivativeMap.OfJvp(function, rule, x, y, Ones(x.Length)))
                    transposed.Transpose(yBar, xBar);
                break;
            default:
                throw Missing(function, "An adjoint (Gradient, Vjp, Jacobian)", nameof(INumericVjp));
        }
    }

    /// <summary>ẏ = ∂F(x)·ẋ over <typeparamref name="T"/>.</summary>
    public static void Tangent<T>(ArrayFunction function, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> xDot, Span<T> yDot)
        where T : struct, IScalar<T>
    {
        switch (function)
        {
            case IArrayJvp rule:
                using (DerivativeMap map = DerivativeMap.OfJvp(function, rule, Primals(x), Primals(y), Primals(xDot)))
                    map.Apply(x, y, xDot, yDot);
                break;
            case IArrayVjp rule:
                using (DerivativeMap transposed = DerivativeMap.OfVjp(function, rule, Primals(x), Primals(y), Ones(y.Length)))
                    transposed.Transpose(x, y, xDot, yDot);
                break;
            default:
                throw Missing(function, "A derivative that is itself differentiated");
        }
    }

    /// <summary>x̄ = ∂F(x)ᵀ·ȳ over <typeparamref name="T"/>.</summary>
    public static void Adjoint<T>(ArrayFunction function, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> xBar)
        where T : struct, IScalar<T>
    {
        switch (function)
        {
            case IArrayVjp rule:
                using (DerivativeMap map = DerivativeMap.OfVjp(function, rule, Primals(x), Primals(y), Primals(yBar)))
                    map.Apply(x, y, yBar, xBar);
                break;
            case IArrayJvp rule:
                using (DerivativeMap transposed = DerivativeMap.OfJvp(function, rule, Primals(x), Primals(y), Ones(x.Length)))
                    transposed.Transpose(x, y, yBar, xBar);
                break;
            default:
                throw Missing(function, "A derivative that is itself differentiated");
        }
    }

    /// <summary>F over dual numbers: F of the primals, and the JVP.</summary>
    public static void Evaluate<T>(ArrayFunction function, ReadOnlySpan<Jet<T>> x, Span<Jet<T>> y) where T : struct, IScalar<T>
    {
        T[] primals = new T[x.Length], tangents = new T[x.Length], results = new T[y.Length], resultTangents = new T[y.Length];
        for (int i = 0; i < x.Length; i++)
            (primals[i], tangents[i]) = (x[i].Primal, x[i].Tangent);
        T.Evaluate(function, primals, results);
        Tangent<T>(function, primals, results, tangents, resultTangents);
        for (int i = 0; i < y.Length; i++)
            y[i] = new Jet<T>(results[i], resultTangents[i]);
    }

    public static MissingRuleException Missing(ArrayFunction function, string wanted, string? numeric = null) => new(
        $"{wanted} through the array function {function.Name} needs {(numeric is null ? "" : $"{numeric}, or ")}{nameof(IArrayJvp)} or {nameof(IArrayVjp)}: let the class implement one of them. Finite differences never step in.");

    public static double[] Ones(int length)
    {
        double[] ones = new double[length];
        ones.AsSpan().Fill(1);
        return ones;
    }

    private static double[] Primals<T>(ReadOnlySpan<T> numbers) where T : struct, IScalar<T>
    {
        double[] primals = new double[numbers.Length];
        for (int i = 0; i < primals.Length; i++)
            primals[i] = T.Primal(numbers[i]);
        return primals;
    }

    private static void CopyChecked(ArrayFunction function, string member, VarVector result, Span<double> target)
    {
        DerivativeMap.Check(function, member, result, target.Length);
        result.View.Expand().CopyTo(target);
    }
}
