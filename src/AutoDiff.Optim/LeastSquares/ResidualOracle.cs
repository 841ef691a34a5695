using System.Runtime.InteropServices;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.LeastSquares;

/// <summary>All that least squares learns of the residuals, beside the <see cref="Engine.Oracle"/> of f = ½‖r‖², whose meter, limits, best
/// point and ways of ending it shares.</summary>
internal sealed class ResidualOracle(Oracle oracle, VectorFunction residuals)
{
    private readonly double[] _x = new double[oracle.Dimension];
    private double[]? _r;

    // The residuals at the point asked for last: the lambda runs once there, whatever is asked.
    private JacobianOperator? _here;
    private readonly double[] _there = new double[oracle.Dimension];

    public Oracle Oracle { get; } = oracle;

    /// <summary>The objective ½‖r‖².</summary>
    public static Objective HalfSquaredNorm(VectorFunction residuals)
    {
        ArgumentNullException.ThrowIfNull(residuals);
        return Objective.Of(x => 0.5 * residuals.Value(x).SquaredNorm());
    }

    /// <summary>½‖r(x)‖²; r follows from <see cref="Residuals"/>.</summary>
    public double Value(ReadOnlySpan<double> x) => 0.5 * Vectors.Dot(Residuals(x), _r);

    /// <summary>r(x), not to be changed. The point evaluated last costs nothing again.</summary>
    public double[] Residuals(ReadOnlySpan<double> x)
    {
        if (_r is not null && x.SequenceEqual(_x))
            return _r;
        Oracle.Check();
        Oracle.Meter.Charge(values: 1);
        try
        {
            double[] r = At(x).Value.ToArray();
            if (r.Length == 0)
                throw new ShapeMismatchException("There are no residuals; a fit needs at least one.");
            Check(r.Length);
            x.CopyTo(_x);
            _r = r;
            Oracle.Keep(x, 0.5 * Vectors.Dot(r, r));
            return r;
        }
        catch (Exception e)
        {
            double[] r = new double[Count];
            r.AsSpan().Fill(Oracle.Keep(x, Oracle.Infinite(e, [])));
            x.CopyTo(_x);
            return _r = r;
        }
    }

    /// <summary>∂r(x).</summary>
    public double[,] Jacobian(ReadOnlySpan<double> x)
    {
        Oracle.Check();
        Oracle.Meter.Charge(gradients: 1);
        try
        {
            double[,] jacobian = At(x).ToDense();
            Check(jacobian.GetLength(0));
            return jacobian;
        }
        catch (Exception e)
        {
            double[,] jacobian = new double[Count, x.Length];
            Oracle.Infinite(e, MemoryMarshal.CreateSpan(ref jacobian[0, 0], jacobian.Length));
            return jacobian;
        }
    }

    /// <summary>∂r(x)·v.</summary>
    public double[] Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> v)
    {
        Oracle.Check();
        Oracle.Meter.Charge(jacobianProducts: 1);
        try
        {
            double[] product = At(x).Apply(v);
            Check(product.Length);
            return product;
        }
        catch (Exception e)
        {
            return Undefined(e, Count);
        }
    }

    /// <summary>∂r(x)ᵀ·u.</summary>
    public double[] Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> u)
    {
        Oracle.Check();
        Oracle.Meter.Charge(transposeProducts: 1);
        try
        {
            return At(x).ApplyTranspose(u);
        }
        catch (Exception e)
        {
            return Undefined(e, x.Length);
        }
    }

    /// <summary>The second derivative of r(x + t·v) by t at 0, exact: the tangent of the tangent. Counts as two products Jv.</summary>
    public double[] SecondDerivative(ReadOnlySpan<double> x, double[] v)
    {
        Oracle.Check();
        Oracle.Meter.Charge(jacobianProducts: 2);
        try
        {
            double[] second = VectorFunction.Of(y => residuals.Jvp(y, v)).Jvp(x, v);
            Check(second.Length);
            return second;
        }
        catch (Exception e)
        {
            return Undefined(e, Count);
        }
    }

    // How many residuals there are, known from the first evaluation.
    private int Count => _r?.Length ?? 0;

    private double[] Undefined(Exception e, int length)
    {
        double[] product = new double[length];
        Oracle.Infinite(e, product);
        return product;
    }

    private JacobianOperator At(ReadOnlySpan<double> x)
    {
        if (_here is not null && x.SequenceEqual(_there))
            return _here;
        _here?.Dispose();
        _here = null;
        JacobianOperator here = residuals.At(x);
        x.CopyTo(_there);
        return _here = here;
    }

    private void Check(int count)
    {
        if (_r is not null && count != _r.Length)
            throw new ShapeMismatchException(
                $"There were {_r.Length} residuals and now there are {count}: their number must not change in a run.");
    }
}
