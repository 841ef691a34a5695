namespace AutoDiff.Engine;

/// <summary>
/// Follows a run of a lambda through its kinks. Every kinked operation asks here on which side it is and is recorded as the smooth function
/// that it is on that side, so that the recording is that of one smooth selection; comparisons ask here for their outcome. Sides are those
/// that the numbers say, unless they are forced. Kinks are told apart by the order in which they are met.
/// </summary>
/// <param name="recorder">Where the run is recorded.</param>
/// <param name="forced">The sides to take at some of the kinks, by their number.</param>
internal sealed unsafe class KinkTrace(Recorder recorder, IReadOnlyDictionary<int, Sides> forced)
{
    // A function that does not jump is either side's at the kink itself.
    private const Sides Above = Sides.Zero | Sides.Positive, Below = Sides.Negative | Sides.Zero;

    // Where the difference of two numbers lies, as far as it has been decided.
    private readonly Dictionary<(long, long), Sides> _known = [];
    private int _shift;

    /// <summary>The kinks met, in order.</summary>
    public List<TracedKink> Kinks { get; } = [];

    /// <summary>What may have kinks that are not seen: functions of the user's own.</summary>
    public SortedSet<string> Opaque { get; } = new(StringComparer.Ordinal);

    /// <summary>The row of data that is computed with; −1 if there is none.</summary>
    public int Row { get; set; } = -1;

    /// <summary>Notes an elementwise rule, if it is not the library's own and does not say where it is smooth.</summary>
    public void Note(Type rule, bool isSmooth)
    {
        if ((isSmooth && rule.Assembly != typeof(KinkTrace).Assembly) || rule == typeof(Rules.StopGradient))
            Opaque.Add(RuleName.Of(rule));
    }

    /// <summary>Records a composite operation as it is.</summary>
    public VarVector AsItIs<TRule>(ArrayView u, int rows, int columns, ReadOnlySpan<int> integers) where TRule : struct, ICompositeRule
    {
        using (Suspend())
            return Structured.Composite<TRule>(u, rows, columns, integers);
    }

    /// <summary>The outcome of a comparison.</summary>
    public bool Compare(Comparison comparison, Var x, Var y)
    {
        KinkOperand u = KinkOperand.Of(x), w = KinkOperand.Of(y);
        if (double.IsNaN(u.Value - w.Value))
            return Guard.Evaluate(comparison, u.Value, w.Value);
        (Sides whenTrue, string name) = comparison switch
        {
            Comparison.Less => (Sides.Negative, "<"),
            Comparison.Greater => (Sides.Positive, ">"),
            Comparison.LessOrEqual => (Sides.Negative | Sides.Zero, "<="),
            Comparison.GreaterOrEqual => (Sides.Zero | Sides.Positive, ">="),
            Comparison.NotEqual => (Sides.Negative | Sides.Positive, "!="),
            _ => (Sides.Zero, "=="),
        };
        return Decide(new(KinkKind.Selection, name, [u.Value, w.Value], 0), u, w, whenTrue, Sides.All & ~whenTrue) == 0;
    }

    /// <summary>y = φ(x) as the smooth function that it is.</summary>
    public Var Apply<TRule>(Var x) where TRule : struct, IUnaryRule<TRule>
    {
        int before = recorder.InstructionCount + _shift;
        double value = x.Primal, at = TRule.KinkAt(value);
        Var result;
        if (TRule.Kink == KinkKind.Singularity)
        {
            AddSingularity(RuleName.Of(typeof(TRule)), [value], KinkOperand.Of(x), KinkOperand.Constant(at), 0);
            result = recorder.Emit(UnaryOperation<TRule>.Code, x.Slot, 0, TRule.Value(value));
        }
        else if (TRule.IsFlat)
        {
            result = Level<TRule>(KinkOperand.Of(x), at, 0);
        }
        else
        {
            result = TRule.Piece(x, IsAbove<TRule>(KinkOperand.Of(x), at, 0));
        }
        _shift = before + 1 - recorder.InstructionCount;
        return result;
    }

    /// <summary>yᵢ = φ(xᵢ), each as the smooth function that it is.</summary>
    public ArrayView Apply<TRule>(ArrayView x) where TRule : struct, IUnaryRule<TRule>
    {
        int before = recorder.InstructionCount + _shift;
        double[] flags = new double[x.Length];
        for (int k = 0; k < flags.Length; k++)
        {
            KinkOperand u = new(x.Slot + k, recorder.Values[x.Slot + k]);
            double at = TRule.KinkAt(u.Value);
            if (TRule.Kink == KinkKind.Singularity)
                AddSingularity(RuleName.Of(typeof(TRule)), [u.Value], u, KinkOperand.Constant(at), k);
            else
                flags[k] = TRule.IsFlat ? Level<TRule>(u, at, k) : IsAbove<TRule>(u, at, k) ? 1 : 0;
        }
        ArrayView result;
        if (TRule.Kink == KinkKind.Singularity)
        {
            using (Suspend())
                result = Elementwise.Apply<TRule>(x);
        }
        else
        {
            result = ArrayView.Contiguous(flags, 0, x.Rows, x.Columns);
            if (!TRule.IsFlat)
                result = Chosen(result, above => TRule.Piece(new VarMatrix(x), above));
        }
        _shift = before + 1 - recorder.InstructionCount;
        return result;
    }

    /// <summary>z = φ(x, y) as the smooth function that it is.</summary>
    public Var Apply<TRule>(Var x, Var y) where TRule : struct, IBinaryRule<TRule>
    {
        int before = recorder.InstructionCount + _shift;
        (double left, double right) = (x.Primal, y.Primal);
        Var? result = null;
        if (TRule.Kink(left, right) is { } kind)
        {
            (KinkOperand u, KinkOperand w) = Argument<TRule, Var>(kind, x, y) is { } z
                ? (KinkOperand.Of(z), KinkOperand.Constant(TRule.KinkAt(left, right)))
                : (KinkOperand.Of(x), KinkOperand.Of(y));
            if (kind == KinkKind.Singularity)
                AddSingularity(RuleName.Of(typeof(TRule)), [left, right], u, w, 0);
            else if (TRule.IsFlat)
                result = Level<TRule>(kind, left, right, u, w, 0);
            else
                result = TRule.Piece(x, y, TRule.KinkAt(left, right), IsAbove<TRule>(kind, left, right, u, w, 0));
        }
        if (result is null)
        {
            using (Suspend())
                result = Var.Apply<TRule>(x, y);
        }
        _shift = before + 1 - recorder.InstructionCount;
        return result.Value;
    }

    /// <summary>zᵢ = φ(xᵢ, yᵢ), each as the smooth function that it is; the shapes are equal.</summary>
    public ArrayView Apply<TRule>(ArrayView x, ArrayView y) where TRule : struct, IBinaryRule<TRule>
    {
        int before = recorder.InstructionCount + _shift;
        int rows = x.Rows, columns = x.Columns;
        double[] flags = new double[rows * columns], places = new double[rows * columns];
        bool chooses = false;
        Dictionary<KinkKind, ArrayView> arguments = [];
        for (int k = 0; k < flags.Length; k++)
        {
            (int i, int j) = Math.DivRem(k, columns);
            KinkOperand left = Element(x, i, j), right = Element(y, i, j);
            if (TRule.Kink(left.Value, right.Value) is not { } kind)
            {
                flags[k] = TRule.IsFlat ? TRule.Value(left.Value, right.Value) : double.NaN;
                continue;
            }
            (KinkOperand u, KinkOperand w) = (left, right);
            places[k] = TRule.KinkAt(left.Value, right.Value);
            if (!TRule.ComparesOperands)
            {
                if (!arguments.TryGetValue(kind, out ArrayView z))
                    arguments[kind] = z = Argument<TRule,
                        VarMatrix>(kind, new VarMatrix(x), new VarMatrix(y))!.Value.Block.BroadcastTo(rows, columns);
                (u, w) = (Element(z, i, j), KinkOperand.Constant(places[k]));
            }
            if (kind == KinkKind.Singularity)
            {
                AddSingularity(RuleName.Of(typeof(TRule)), [left.Value, right.Value], u, w, k);
                flags[k] = double.NaN;
                continue;
            }
            chooses = true;
            flags[k] = TRule.IsFlat ? Level<TRule>(kind, left.Value, right.Value, u, w, k)
                : IsAbove<TRule>(kind, left.Value, right.Value, u, w, k) ? 1 : 0;
        }
        ArrayView result = TRule.IsFlat ? ArrayView.Contiguous(flags, 0, rows, columns)
            : chooses ? Pieces(x, y)
            : Whole(x, y);
        _shift = before + 1 - recorder.InstructionCount;
        return result;

        ArrayView Pieces(ArrayView x, ArrayView y)
        {
            // Elements that choose nothing are the rule's own.
            VarMatrix at = new(ArrayView.Contiguous(places, 0, rows, columns)), left = new(x), right = new(y);
            ArrayView pieces = Chosen(ArrayView.Contiguous(flags, 0, rows, columns), above => TRule.Piece(left, right, at, above));
            double[] kinked = Array.ConvertAll(flags, f => double.IsNaN(f) ? 0.0 : 1);
            return Array.TrueForAll(kinked, f => f != 0) ? pieces
                : SelectOperation.Select(ArrayView.Contiguous(kinked, 0, rows, columns), pieces, Whole(x, y));
        }

        ArrayView Whole(ArrayView x, ArrayView y)
        {
            using (Suspend())
                return Elementwise.Apply<TRule>(x, y);
        }
    }

    /// <summary>Which element of each row of <paramref name="columns"/> is the extreme one, by value or as forced; null if one is NaN.
    /// <paramref name="sign"/> is 1 for the largest, −1 for the smallest.</summary>
    public int[]? Extremes(string name, ArrayView x, int rows, int columns, int sign)
    {
        double* values = recorder.Values + x.Slot;
        for (int k = 0; k < rows * columns; k++)
        {
            if (double.IsNaN(values[k]))
                return null;
        }
        int[] winners = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            int first = i * columns, winner = first;
            for (int k = first + 1; k < first + columns; k++)
            {
                if (sign * values[k] > sign * values[winner])
                    winner = k;
            }
            // The extreme by value meets all others; one that is forced to win instead meets those that are left.
            int natural = winner;
            for (int k = first; k < first + columns; k++)
            {
                if (k != natural && !Wins(winner, k))
                    winner = k;
            }
            winners[i] = winner;
        }
        return winners;

        bool Wins(int one, int other)
        {
            KinkOperand u = new(x.Slot + one, values[one]), w = new(x.Slot + other, values[other]);
            (Sides wins, Sides loses) = sign > 0 ? (Above, Below) : (Below, Above);
            return double.IsNaN(u.Value - w.Value)
                || Decide(new(KinkKind.Selection, name, [u.Value, w.Value], other), u, w, wins, loses) == 0;
        }
    }

    /// <summary>Notes a kink at which nothing is chosen.</summary>
    public void AddSingularity(string name, double[] operands, KinkOperand u, KinkOperand w, int element)
    {
        if (!double.IsNaN(u.Value - w.Value))
            Kinks.Add(Made(new(KinkKind.Singularity, name, operands, element), u, w, Sides.None, []));
    }

    /// <summary>Until it is disposed of, operations are recorded as they are.</summary>
    public Suspension Suspend() => new(recorder, this);

    /// <summary>A stretch in which operations are recorded as they are.</summary>
    internal readonly ref struct Suspension
    {
        private readonly Recorder _recorder;
        private readonly KinkTrace _trace;

        public Suspension(Recorder recorder, KinkTrace trace)
        {
            (_recorder, _trace) = (recorder, trace);
            recorder.Kinks = null;
        }

        public void Dispose() => _recorder.Kinks = _trace;
    }

    private readonly record struct Place(KinkKind Kind, string Operation, double[] Operands, int Element);

    private T? Argument<TRule, T>(KinkKind kind, T x, T y) where TRule : struct, IBinaryRule<TRule> where T : struct, IScalar<T>
    {
        if (TRule.ComparesOperands && kind != KinkKind.Singularity)
            return null;
        using (Suspend())
            return TRule.KinkArgument(kind, x, y);
    }

    private KinkOperand Element(ArrayView x, int i, int j) => x.IsRecorded
        ? x.Slot + i * x.RowStride + j * x.ColumnStride is int slot ? new(slot, recorder.Values[slot]) : default
        : KinkOperand.Constant(Elementwise.At(x, i, j));

    private static ArrayView Chosen(ArrayView flags, Func<bool, VarMatrix> piece)
    {
        ReadOnlySpan<double> numbers = flags.Numbers;
        bool anyAbove = numbers.Contains(1), anyBelow = numbers.Contains(0);
        VarMatrix above = anyAbove ? piece(true) : default, below = anyBelow ? piece(false) : default;
        return SelectOperation.Select(flags, anyAbove ? above.Block : below.Block, anyBelow ? below.Block : above.Block);
    }

    // Where φ is the one or the other side's function; at the kink itself the upper one's.
    private bool IsAbove<TRule>(KinkOperand u, double at, int element) where TRule : struct, IUnaryRule<TRule> =>
        double.IsNaN(u.Value - at)
        || Decide(new(TRule.Kink!.Value, RuleName.Of(typeof(TRule)), [u.Value], element), u, KinkOperand.Constant(at), Above, Below) == 0;

    private bool IsAbove<TRule>(KinkKind kind, double x, double y, KinkOperand u, KinkOperand w, int element)
        where TRule : struct, IBinaryRule<TRule>
    {
        // NaN is what the piece gives that takes it.
        if (double.IsNaN(u.Value - w.Value))
            return double.IsNaN(x) || double.IsNaN(y) ? double.IsNaN(TRule.Piece(new Real(x), new Real(y), new Real(0), true).Value) : true;
        return Decide(new(kind, RuleName.Of(typeof(TRule)), [x, y], element), u, w, Above, Below) == 0;
    }

    // The value of a flat rule, on the side that is taken.
    private double Level<TRule>(KinkOperand u, double at, int element) where TRule : struct, IUnaryRule<TRule> => double.IsNaN(u.Value - at)
        ? TRule.Value(u.Value)
        : Level(new(TRule.Kink!.Value, RuleName.Of(typeof(TRule)), [u.Value], element), u, KinkOperand.Constant(at),
            TRule.Value(at), TRule.Value(at + 0.25), TRule.Value(at - 0.25));

    private double Level<TRule>(KinkKind kind, double x, double y, KinkOperand u, KinkOperand w, int element)
        where TRule : struct, IBinaryRule<TRule> =>
        double.IsNaN(u.Value - w.Value)
            ? TRule.Value(x, y)
            : Level(new(kind, RuleName.Of(typeof(TRule)), [x, y], element), u, w, TRule.Value(0, 0), TRule.Value(1, 0), TRule.Value(-1, 0));

    // A jump's value at the kink is one side's, or its own.
    private double Level(Place place, KinkOperand u, KinkOperand w, double atZero, double above, double below)
    {
        if (above == below && atZero == above)
            return above;
        int cell = atZero == above ? Decide(place, u, w, Sides.Zero | Sides.Positive, Sides.Negative)
            : atZero == below ? Decide(place, u, w, Sides.Positive, Sides.Negative | Sides.Zero)
            : Decide(place, u, w, Sides.Positive, Sides.Negative, Sides.Zero);
        return cell switch { 0 => above, 1 => below, _ => atZero };
    }

    // Which of two or three sets z lies in: by what is known of the same two numbers, as forced, or by value.
    private int Decide(Place place, KinkOperand u, KinkOperand w, Sides first, Sides second, Sides third = Sides.None)
    {
        bool isMirrored = Bits(u) > Bits(w);
        (long, long) key = isMirrored ? (Bits(w), Bits(u)) : (Bits(u), Bits(w));
        Sides known = _known.TryGetValue(key, out Sides sides) ? isMirrored ? Cells.Mirrored(sides) : sides : Sides.All;
        // What sign is at zero counts no more once a side has been taken.
        Span<Sides> cells = [first & known, second & known, known is Sides.All or Sides.Zero ? third & known : Sides.None];
        Cells.LeaveOutParts(cells);
        if (Cells.OnlyOf(cells) is int only and >= 0)
            return only;
        double z = u.Value - w.Value;
        int taken = Cells.NaturalOf(cells, z > 0 ? Sides.Positive : z < 0 ? Sides.Negative : Sides.Zero);
        if (forced.TryGetValue(Kinks.Count, out Sides wanted) && (taken = cells.IndexOf(wanted)) < 0)
            throw new InvalidOperationException(
                "The lambda did not do again what it did before at the same point: it depends on something else than the point.");
        Sides[] others = [.. Cells.OthersOf(cells, taken)];
        Kinks.Add(Made(place, u, w, cells[taken], others));
        _known[key] = isMirrored ? Cells.Mirrored(cells[taken]) : cells[taken];
        return taken;
    }

    private TracedKink Made(Place place, KinkOperand u, KinkOperand w, Sides taken, Sides[] others) => new()
    {
        Kind = place.Kind,
        Operation = place.Operation,
        Operands = place.Operands,
        Element = place.Element,
        U = u,
        W = w,
        Instruction = recorder.InstructionCount + _shift,
        Row = Row,
        Taken = taken,
        Others = others,
    };

    // Slots take the place of NaNs, which no constant here is.
    private static long Bits(KinkOperand x) => x.IsConstant ? BitConverter.DoubleToInt64Bits(x.Value) : FirstNaN + x.Slot;

    private const long FirstNaN = 0x7FF8_0000_0000_0000;
}
