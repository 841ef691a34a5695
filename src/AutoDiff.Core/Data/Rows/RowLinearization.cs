using System.Numerics.Tensors;

namespace AutoDiff.Engine;

/// <summary>
/// A sum over rows at one point: the ways through its lambda with what all rows share, the tiles of rows if they take little memory, and
/// the recorded rest. Without the tiles a product goes through the rows again, values and adjoints included; its bits are the same.
/// </summary>
internal sealed class RowLinearization : Linearization
{
    private readonly DataObjective _data;
    private readonly List<RowPoint> _points;
    private readonly double[] _x;
    private readonly Linearization? _recorded;
    private RowKeep? _kept;

    public RowLinearization(DataObjective data, List<RowPoint> points, RowKeep kept, DataObjective rest, double[] x, double value)
    {
        (_data, _points, _x, Value) = (data, points, x, value);
        _kept = kept.IsGivenUp ? null : kept;
        _recorded = rest.RowCount == 0 ? null : rest.LinearizeRecorded(x, new double[x.Length]);
        OperationCount = points.Count > 0 ? points.Max(p => p.Path.OperationCount) : _recorded?.OperationCount ?? 0;
    }

    public override double Value { get; }

    /// <summary>Those of one row, or all where every row is recorded.</summary>
    public override int OperationCount { get; }

    public override void Multiply(ReadOnlySpan<double> vectors, Span<double> results)
    {
        int count = _x.Length == 0 ? 0 : vectors.Length / _x.Length;
        double[] total = new double[vectors.Length];
        RowWatch watch = _data.Watch();
        RowRun run = new(_data, watch, _points, true, vectors, count);
        run.Repeat(_kept);
        run.Finish([], total);
        if (_recorded is not null)
        {
            double[] rest = new double[vectors.Length];
            _recorded.Multiply(vectors, rest);
            TensorPrimitives.Add(total, rest, total);
        }
        _data.Complete(watch);
        _data.Scale(total, results);
    }

    /// <summary>Tile by tile, along the ways that are known; the lambda does not run.</summary>
    public override void Expand(ReadOnlySpan<double> path, Span<double> derivatives, Span<double> gradients)
    {
        RowWatch watch = _data.Watch();
        Taylor[] x = new Taylor[_x.Length];
        TaylorSweep.Along(_x, path, derivatives.Length - 1, x);
        derivatives.Clear();
        gradients.Clear();
        new RowRun(_data, watch, _points, false, [], 0).Expand(x, derivatives, gradients);
        if (_recorded is not null)
        {
            double[] rest = new double[derivatives.Length], restGradients = new double[gradients.Length];
            _recorded.Expand(path, rest, restGradients);
            TensorPrimitives.Add(derivatives, rest, derivatives);
            TensorPrimitives.Add(gradients, restGradients, gradients);
        }
        _data.Complete(watch);
        _data.Scale(derivatives, derivatives);
        _data.Scale(gradients, gradients);
    }

    public override void Release()
    {
        foreach (RowPoint point in _points)
            point.Release();
        _points.Clear();
        _kept = null;
        _recorded?.Release();
    }
}
