using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim;

/// <summary>The generalized Gauss–Newton matrix G = Jᵀ·B·J at a point, J the Jacobian of a vector function and B the Hessian of a loss of
/// its outputs: one JVP, one product with B, one VJP.</summary>
/// <remarks>
/// Schraudolph 2002. With B = I the JᵀJ of least squares, the Hessian of ½‖F‖² without Σ Fᵢ∇²Fᵢ. If B is the Hessian of the negative
/// logarithm of a likelihood in its natural parameters, the Fisher matrix (Martens 2020, section 9). Positive semidefinite if B is. A
/// product costs about two evaluations' derivatives and records F anew twice. Safe to use from many threads if F and B are.
/// </remarks>
public sealed class GaussNewtonOperator : ILinearOperator
{
    private readonly VectorFunction _function;
    private readonly double[] _x;
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
        (_function, _x, _outputHessian, _weight) = (function, x.ToArray(), outputHessian, weight);
        Outputs = function.Value(x).Length;
        if (outputHessian is not null && outputHessian.Dimension != Outputs)
            throw new ShapeMismatchException($"The function has {Outputs} outputs and the Hessian in output space acts on {outputHessian.Dimension}.");
    }

    /// <summary>m, the number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>n.</summary>
    public int Rows => _x.Length;

    /// <summary>n.</summary>
    public int Columns => _x.Length;

    /// <summary>The Fisher matrix of a classifier: F gives the logits of N examples, one after the other, and
    /// B = diag(p) − ppᵀ for each; the mean over the examples.</summary>
    /// <param name="logits">F.</param>
    /// <param name="x">The point.</param>
    /// <param name="classes">The classes; F's outputs are a multiple of them.</param>
    /// <exception cref="ShapeMismatchException">The outputs are no multiple of the classes.</exception>
    public static GaussNewtonOperator SoftmaxFisher(VectorFunction logits, ReadOnlySpan<double> x, int classes)
    {
        ArgumentNullException.ThrowIfNull(logits);
        SoftmaxHessian b = new(logits.Value(x), classes);
        return new GaussNewtonOperator(logits, x, b, 1.0 / b.Examples);
    }

    /// <summary>The empirical Fisher matrix (1/N)·Σ gᵢgᵢᵀ of N examples whose losses are F's outputs. It is not the Fisher matrix, nor
    /// close to the Hessian away from a perfect fit (Kunstner, Balles, Hennig 2019).</summary>
    public static GaussNewtonOperator EmpiricalFisher(VectorFunction losses, ReadOnlySpan<double> x)
    {
        ArgumentNullException.ThrowIfNull(losses);
        return new GaussNewtonOperator(losses, x, null, 1.0 / losses.Value(x).Length);
    }

    /// <summary>Writes G·<paramref name="vector"/> to <paramref name="result"/>, which may be the same memory.</summary>
    /// <exception cref="ShapeMismatchException">A length is not n.</exception>
    public void Apply(ReadOnlySpan<double> vector, Span<double> result)
    {
        if (vector.Length != _x.Length || result.Length != _x.Length)
            throw new ShapeMismatchException($"The Gauss–Newton matrix acts on {_x.Length} variables; given were {vector.Length} and room for {result.Length}.");
        double[] outputs = _function.Jvp(_x, vector);
        _outputHessian?.Apply(outputs, outputs);
        Vectors.Scale(_weight, _function.Vjp(_x, outputs), result);
    }
}
