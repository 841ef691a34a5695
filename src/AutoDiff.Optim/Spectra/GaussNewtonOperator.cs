using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim;

/// <summary>The generalized Gauss–Newton matrix G = Jᵀ·B·J at a point, J the Jacobian of a vector function and B the Hessian of a loss of
/// its outputs: one JVP, one product with B, one VJP.</summary>
/// <remarks>
/// Schraudolph 2002. With B = I the JᵀJ of least squares, the Hessian of ½‖F‖² without Σ Fᵢ∇²Fᵢ. If B is the Hessian of the negative
/// logarithm of a likelihood in its natural parameters, the Fisher matrix (Martens 2020, section 9). Positive semidefinite if B is. A
/// product costs one tangent and one adjoint sweep over what F recorded at the point. Owns that recording until it is disposed of. Safe to
/// use from many threads if B is.
/// </remarks>
public sealed class GaussNewtonOperator : ILinearOperator, IDisposable
{
    private readonly JacobianOperator _jacobian;
    private readonly ILinearOperator? _outputHessian;
    private readonly double _weight;

    /// <summary>weight·Jᵀ·B·J for F at <paramref name="x"/>.</summary>
    /// <param name="function">F from ℝⁿ to ℝᵐ.</param>
    /// <param name="x">The point; copied.</param>
    /// <param name="outputHessian">B, m × m and symmetric; the identity if null.</param>
    /// <param name="weight">A factor, 1/N for a mean over N examples.</param>
    /// <exception cref="ShapeMismatchException">B's dimension is not F's number of outputs.</exception>
    public GaussNewtonOperator(VectorFunction function, ReadOnlySpan<double> x, ILinearOperator? outputHessian = null, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(function);
        JacobianOperator jacobian = function.At(x);
        if (outputHessian is not null && outputHessian.Dimension != jacobian.Rows)
        {
            jacobian.Dispose();
            throw new ShapeMismatchException(
                $"The function has {jacobian.Rows} outputs and the Hessian in output space acts on {outputHessian.Dimension}.");
        }
        (_jacobian, _outputHessian, _weight) = (jacobian, outputHessian, weight);
    }

    private GaussNewtonOperator(JacobianOperator jacobian, ILinearOperator? outputHessian, double weight) =>
        (_jacobian, _outputHessian, _weight) = (jacobian, outputHessian, weight);

    /// <summary>m, the number of outputs.</summary>
    public int Outputs => _jacobian.Rows;

    /// <summary>n.</summary>
    public int Rows => _jacobian.Columns;

    /// <summary>n.</summary>
    public int Columns => _jacobian.Columns;

    /// <summary>The Fisher matrix of a classifier: F gives the logits of N examples, one after the other, and
    /// B = diag(p) − ppᵀ for each; the mean over the examples.</summary>
    /// <param name="logits">F.</param>
    /// <param name="x">The point.</param>
    /// <param name="classes">The classes; F's outputs are a multiple of them.</param>
    /// <exception cref="ShapeMismatchException">The outputs are no multiple of the classes.</exception>
    public static GaussNewtonOperator SoftmaxFisher(VectorFunction logits, ReadOnlySpan<double> x, int classes)
    {
        ArgumentNullException.ThrowIfNull(logits);
        JacobianOperator jacobian = logits.At(x);
        try
        {
            SoftmaxHessian b = new(jacobian.Value.ToArray(), classes);
            return new GaussNewtonOperator(jacobian, b, 1.0 / b.Examples);
        }
        catch
        {
            jacobian.Dispose();
            throw;
        }
    }

    /// <summary>The empirical Fisher matrix (1/N)·Σ gᵢgᵢᵀ of N examples whose losses are F's outputs. It is not the Fisher matrix, nor
    /// close to the Hessian away from a perfect fit (Kunstner, Balles, Hennig 2019).</summary>
    /// <exception cref="ShapeMismatchException">F has no outputs.</exception>
    public static GaussNewtonOperator EmpiricalFisher(VectorFunction losses, ReadOnlySpan<double> x)
    {
        ArgumentNullException.ThrowIfNull(losses);
        JacobianOperator jacobian = losses.At(x);
        if (jacobian.Rows == 0)
            throw new ShapeMismatchException("The function has no outputs; the empirical Fisher matrix is a mean over at least one.");
        return new GaussNewtonOperator(jacobian, null, 1.0 / jacobian.Rows);
    }

    /// <summary>Writes G·<paramref name="vector"/> to <paramref name="result"/>, which may be the same memory.</summary>
    /// <exception cref="ShapeMismatchException">A length is not n.</exception>
    /// <exception cref="ObjectDisposedException">The operator has been disposed of.</exception>
    public void Apply(ReadOnlySpan<double> vector, Span<double> result)
    {
        if (vector.Length != Columns || result.Length != Rows)
            throw new ShapeMismatchException(
                $"The Gauss–Newton matrix acts on {Columns} variables; given were {vector.Length} and room for {result.Length}.");
        double[] outputs = _jacobian.Apply(vector);
        _outputHessian?.Apply(outputs, outputs);
        Vectors.Scale(_weight, _jacobian.ApplyTranspose(outputs), result);
    }

    /// <summary>Gives the recording back; no products can be taken after this.</summary>
    public void Dispose() => _jacobian.Dispose();
}
