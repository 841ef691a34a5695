using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// A real-valued function of n variables, stated as a C# lambda over <see cref="Var"/>s, with its exact derivatives.
/// </summary>
public abstract class Objective
{
    /// <summary>The objective that <paramref name="function"/> computes.</summary>
    public static Objective Of(Func<VarVector, Var> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new LambdaObjective(function);
    }

    /// <summary>f(x), recorded into the recording that <paramref name="x"/> belongs to.</summary>
    public abstract Var Value(VarVector x);

    /// <summary>f(x).</summary>
    public double Value(ReadOnlySpan<double> x)
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            return Evaluate(recorder).Primal;
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>∇f(x).</summary>
    public double[] Gradient(ReadOnlySpan<double> x)
    {
        double[] gradient = new double[x.Length];
        Gradient(x, gradient);
        return gradient;
    }

    /// <summary>Writes ∇f(x) and returns f(x).</summary>
    public unsafe double Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        if (gradient.Length != x.Length)
            throw new ShapeMismatchException($"The gradient has room for {gradient.Length} numbers, and x has {x.Length}: give both the same length.");
        Recorder recorder = Recorder.Begin(x);
        try
        {
            Var y = Evaluate(recorder);
            if (y.IsConstant)
            {
                gradient.Clear();
                return y.Bits;
            }
            Workspace w = Workspace.Rent(recorder.Flush());
            try
            {
                Adjoints.Run(w, y.Slot);
                new ReadOnlySpan<double>(w.Bars, x.Length).CopyTo(gradient);
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

    /// <summary>Runs the lambda into a recorder that has just begun, and checks that its result belongs there.</summary>
    internal Var Evaluate(Recorder recorder)
    {
        Var y = Value(recorder.Inputs);
        if (!y.IsConstant)
            y.Checked("The lambda's result");
        return y;
    }
}

internal sealed class LambdaObjective(Func<VarVector, Var> function) : Objective
{
    public override Var Value(VarVector x) => function(x);
}
