using AutoDiff.Engine;

namespace AutoDiff;

// What the layer above takes Hessian-vector products of.
public abstract unsafe partial class Objective
{
    /// <summary>What is kept of f at <paramref name="x"/> for products with the Hessian there; writes ∇f(x).</summary>
    internal virtual Linearization Linearize(ReadOnlySpan<double> x, Span<double> gradient)
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            Var y = Evaluate(recorder);
            if (!y.IsConstant)
                return Linearize(recorder, y, gradient);
            gradient.Clear();
            return new ConstantLinearization(y.Bits, 0);
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>Writes ∇²f(x)·v to <paramref name="result"/> and returns f(x); the lengths are equal.</summary>
    internal virtual double HessianProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result)
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            Var y = Evaluate(recorder);
            if (y.IsConstant)
                result.Clear();
            else
                Multiply(recorder, y, v, result);
            return y.Primal;
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>Writes the gradient of what has been recorded.</summary>
    internal virtual void Differentiate(Recorder recorder, Var y, Span<double> gradient)
    {
        Workspace w = Workspace.Rent(recorder.Flush());
        try
        {
            Adjoints.Run(w, y.Slot);
            new ReadOnlySpan<double>(w.Bars, gradient.Length).CopyTo(gradient);
        }
        finally
        {
            w.Return();
        }
    }

    /// <summary>Writes the product of the Hessian of what has been recorded with v.</summary>
    internal virtual void Multiply(Recorder recorder, Var y, ReadOnlySpan<double> v, Span<double> result)
    {
        Workspace w = Workspace.Rent(recorder.Flush());
        try
        {
            Adjoints.Run(w, y.Slot);
            SecondOrder.Apply(w, y.Slot, v, result);
        }
        finally
        {
            w.Return();
        }
    }

    /// <summary>Keeps what has been recorded for products with the Hessian, and writes the gradient.</summary>
    internal virtual Linearization Linearize(Recorder recorder, Var y, Span<double> gradient) =>
        new SweptLinearization(recorder.Seal(), y.Slot, gradient);
}
