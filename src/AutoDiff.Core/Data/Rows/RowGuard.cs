using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>Where a compared number stands in a wide recording: in lanes, in one slot for all of them, or nowhere, being a
/// constant.</summary>
internal readonly unsafe struct LaneOperand
{
    private readonly int _slot, _stride;
    private readonly double _constant;

    public LaneOperand(Widening rows, int operand)
    {
        if (operand < 0)
            (_slot, _constant) = (-1, rows.Source.Constants[~operand]);
        else
            (_slot, _stride) = rows.Varies(operand) ? (rows.LaneOf(operand), 1) : (operand, 0);
    }

    public bool Varies => _stride != 0;

    public Vector512<double> Load(double* values, int lane) =>
        _slot < 0 ? Vector512.Create(_constant) : _stride == 0 ? Vector512.Create(values[_slot]) : Vector512.Load(values + _slot + lane);
}

/// <summary>
/// What must hold in a lane for its row to take the way that was recorded: a comparison comes out as it did.
/// </summary>
internal readonly unsafe struct RowGuard
{
    private readonly LaneOperand _x, _y;
    private readonly Comparison _comparison;
    private readonly bool _outcome;

    public RowGuard(Widening rows, Guard guard)
    {
        (_x, _y) = (new(rows, guard.X), new(rows, guard.Y));
        (_comparison, _outcome) = (guard.Comparison, guard.Outcome);
    }

    /// <summary>Whether it can come out otherwise from row to row.</summary>
    public bool Varies => _x.Varies || _y.Varies;

    /// <summary>The lanes, of eight from <paramref name="lane"/> on, for which it does not hold, as bits.</summary>
    public uint Fails(double* values, int lane)
    {
        Vector512<double> x = _x.Load(values, lane);
        Vector512<double> y = _y.Load(values, lane);
        uint holds = (uint)(_comparison switch
        {
            Comparison.Less => Vector512.LessThan(x, y),
            Comparison.Greater => Vector512.GreaterThan(x, y),
            Comparison.LessOrEqual => Vector512.LessThanOrEqual(x, y),
            Comparison.GreaterOrEqual => Vector512.GreaterThanOrEqual(x, y),
            Comparison.Equal => Vector512.Equals(x, y),
            Comparison.NotEqual => ~Vector512.Equals(x, y),
            Comparison.Same => Vector512.Equals(x, y) | (Vector512.IsNaN(x) & Vector512.IsNaN(y)),
            _ => Vector512.GreaterThanOrEqual(x, Vector512<double>.Zero) & Vector512.LessThan(x, y)
                & Vector512.Equals(Vector512.Truncate(x), x),
        }).ExtractMostSignificantBits();
        return (_outcome ? ~holds : holds) & 0xFF;
    }
}
