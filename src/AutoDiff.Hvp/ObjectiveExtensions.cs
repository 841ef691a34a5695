using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>Second derivatives of objectives.</summary>
public static class ObjectiveExtensions
{
    extension(Objective f)
    {
        /// <summary>The local model of f at <paramref name="x"/>: recorded once, then as many Hessian-vector products as you like. Dispose
        /// of it.</summary>
        /// <remarks>Cost: one gradient. Safe to call from many threads at once if the lambda is.</remarks>
        /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
        public LocalModel At(ReadOnlySpan<double> x) => new(f, x);

        /// <summary>f(x), f′[n], f″[n, n], … up to <paramref name="order"/> ≤ 4: the derivatives of f(x + t·n) by t, at t = 0.</summary>
        /// <remarks>Cost and smoothness as <see cref="LocalModel.DirectionalDerivatives"/>, which serves for several directions at one
        /// point; for derivatives of the gradient see <see cref="LocalModel.Expand(ReadOnlySpan{double}, int)"/>.</remarks>
        /// <exception cref="ShapeMismatchException">x and the direction differ in length.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The order is outside 0 … 4.</exception>
        /// <exception cref="MissingRuleException">The lambda calls an <see cref="ArrayFunction"/> that has neither <see cref="IArrayJvp"/>
        /// nor <see cref="IArrayVjp"/>.</exception>
        /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
        public double[] DirectionalDerivatives(ReadOnlySpan<double> x, ReadOnlySpan<double> direction, int order)
        {
            using LocalModel model = f.At(x);
            return model.DirectionalDerivatives(direction, order);
        }

        /// <summary>∇²f(x)·v, recorded into the recording under way, hence differentiable by the caller: the derivative of ⟨∇f,
        /// v⟩.</summary>
        /// <remarks>To f, variables other than x are constants; the result depends on them. Cost: the recording of f, of its gradient and
        /// of that one's adjoint, array operation by array operation.</remarks>
        /// <exception cref="ShapeMismatchException">x and v differ in length.</exception>
        /// <exception cref="VariableException">A variable's recording has ended, is another's, or is another thread's.</exception>
        public VarVector Hvp(VarVector x, VarVector v)
        {
            v.Live("Hvp");
            if (x.Length != v.Length)
                throw new ShapeMismatchException(
                    $"Hvp: the point has {x.Length} elements and the direction {v.Length}; both must be equal.");
            return Nested.Begin(x, "Hvp") is { } nested ? nested.Hvp(f.Value(nested.Inputs), v) : f.Hvp(x.View.Expand(), v.View.Expand());
        }

        /// <summary>∇²f(x)·v, exact to rounding: forward over reverse (Pearlmutter 1994).</summary>
        /// <remarks>Cost: one gradient, one tangent sweep and one run of the R operator. For several products at one point use
        /// <c>At</c>.</remarks>
        /// <exception cref="ShapeMismatchException">x and v differ in length.</exception>
        /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
        public double[] Hvp(ReadOnlySpan<double> x, ReadOnlySpan<double> v)
        {
            double[] result = new double[x.Length];
            f.Hvp(x, v, result);
            return result;
        }

        /// <summary>Writes ∇²f(x)·v to <paramref name="result"/>, which may be the memory of x or v, and returns f(x).</summary>
        /// <remarks>Cost: one gradient, one tangent sweep and one run of the R operator. Allocates nothing once warm.</remarks>
        /// <exception cref="ShapeMismatchException">The lengths differ.</exception>
        /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
        public double Hvp(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result)
        {
            if (x.Length != v.Length || x.Length != result.Length)
                throw new ShapeMismatchException(
                    $"Hvp: the point has {x.Length} elements, the direction {v.Length} and the result {result.Length}; all must be equal.");
            return f.HessianProduct(x, v, result);
        }
    }
}
