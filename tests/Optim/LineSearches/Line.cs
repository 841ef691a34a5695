using AutoDiff.Optim;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.LineSearches;

namespace AutoDiff.Tests.Optim.LineSearches;

/// <summary>A line through x along d, ready to be searched.</summary>
internal sealed class Line : IDisposable
{
    private readonly Oracle _oracle;

    public Line(Objective f, double[] x, double[] direction, Bounds? bounds = null)
    {
        _oracle = new Oracle(f, x.Length, new Lbfgs(), CancellationToken.None);
        Function = new LineFunction(_oracle, bounds);
        double[] gradient = f.Gradient(x);
        Function.Begin(x, f.Value(x), direction, gradient.Zip(direction, (g, d) => g * d).Sum());
    }

    public LineFunction Function { get; }

    public Counts Counts => _oracle.Meter.Counts;

    public void Dispose() => _oracle.Dispose();
}
