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
            if (y.IsConstant)
            {
                gradient.Clear();
                return new ConstantLinearization(y.Bits, 0);
            }
            return new SweptLinearization(recorder.Seal(), y.Slot, gradient);
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
            {
                result.Clear();
                return y.Bits;
            }
            Workspace w = Workspace.Rent(recorder.Flush());
            try
            {
                Adjoints.Run(w, y.Slot);
                SecondOrder.Apply(w, v, result);
                return y.Primal;
            }
            finally
            {
                w.Return();
            }
        }
        finally
        {
            recorder.End();
        }
    }
}
