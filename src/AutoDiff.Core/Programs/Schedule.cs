using System.Globalization;
using System.Text;

namespace AutoDiff.Engine;

/// <summary>
/// A recording as few patterns over many operands: groups of equal expressions, level by level, each run in tiles. It gives what the sweeps
/// over the recording give, but for the rounding of long sums and of functions that have a vectorized form. Immutable; a workspace belongs
/// to one thread at a time.
/// </summary>
internal sealed unsafe class Schedule
{
    private readonly GroupPlan[] _groups;
    private readonly SumPlan[] _sums;
    private readonly int _result, _violations;
    private readonly (Data Parameter, int Position)[] _parameters;
    private readonly (int Position, double Value)[] _data;
    private readonly Lazy<bool[]> _needsTangent;
    private PinnedBuffer<double> _constants = new() { PageOffset = 3328 };

    private Schedule(Graph graph, Layout layout)
    {
        _groups = [.. layout.Groups];
        _sums = [.. layout.Sums.OrderBy(s => s.Level)];
        Inputs = graph.Recording.InputCount;
        _result = layout.PositionOf(graph.Result);
        _violations = graph.Violations < 0 ? -1 : layout.PositionOf(graph.Violations);
        Length = layout.Length;
        _constants.Reserve(layout.Constants.Length);
        layout.Constants.CopyTo(new Span<double>(_constants.Pointer, layout.Constants.Length));
        (List<(Data, int)> parameters, List<(int, double)> data) = ([], []);
        int slot = Inputs;
        for (int i = 0; i < graph.Recording.InstructionCount; i++)
        {
            (ushort code, int a, int b) = (graph.Recording.Codes[i], graph.Recording.Operands[i].A, graph.Recording.Operands[i].B);
            if (code == DataOperation.Code && a < 0 && b > 0)
                parameters.Add(((Data)graph.Recording.References[~a], layout.PositionOf(slot)));
            else if (code == DataOperation.Code)
                data.AddRange(Enumerable.Range(slot, b).Select(s => (layout.PositionOf(s), graph.Recording.Values[s])));
            slot += code < OpCode.ArrayFlag ? 1 : b;
        }
        (_parameters, _data) = ([.. parameters], [.. data]);
        _needsTangent = new(FindTangentsNeeded);
    }

    /// <summary>The number of inputs, which have the first positions.</summary>
    public int Inputs { get; }

    /// <summary>The number of positions.</summary>
    public int Length { get; }

    public double* Constants => _constants.Pointer;

    /// <summary>The groups, from the lowest level up.</summary>
    public IReadOnlyList<GroupPlan> Groups => _groups;

    /// <summary>The schedule of a recording; null if the recording is not of scalars only, or has too few patterns to gain by it.</summary>
    public static Schedule? Of(Recording recording, int result, ReadOnlySpan<Guard> guards)
    {
        SchedulePasses passes = SchedulePasses.Current;
        if (passes.OnlyWhereItPays && recording.InstructionCount < FewestOperations || result < recording.InputCount || Graph.Of(recording, result, guards) is not { } graph)
            return null;
        LiveNodes.Find(graph);
        if (passes.LongSums)
            LongSums.Find(graph);
        KnownAdjoints.Find(graph, passes.KnownAdjoints);
        Cones.Assign(graph, passes.Cones);
        return Patterns.Find(graph) is { } patterns && (!passes.OnlyWhereItPays || IsWorthwhile(graph, patterns))
            ? new Schedule(graph, Layout.Arrange(graph, patterns, passes.Sorting))
            : null;
    }

    private const int FewestOperations = 256;

    // Measured, in ns: a sweep takes about 1.5 an operation, and 8 more for one that is not arithmetic. Here a group takes about 200; where
    // its pattern has instances enough for code to be generated 0.6 for eight instances of an operation, otherwise 5 for a tile and 0.1 for
    // each instance.
    private static bool IsWorthwhile(Graph graph, Patterns patterns)
    {
        double here = 0, swept = 1.5 * graph.Recording.InstructionCount;
        foreach (Group group in patterns.Groups)
        {
            int functions = 0;
            for (int i = 0; i < group.Size; i++)
                functions += graph.Code[group.Nodes[i]] > OpCode.LastInline ? 1 : 0;
            here += 200 + functions * (double)group.Count + (Kernel.IsCompiledFor(group.Size * patterns.InstancesLike(group))
                ? 0.6 * group.Size * ((group.Count + Lanes.Count - 1) / Lanes.Count)
                : group.Size * (5.0 * ((group.Count + 127) / 128) + 0.1 * group.Count));
            swept += 8.0 * functions * group.Count;
        }
        return here < 0.7 * swept;
    }

    /// <summary>f(x); false if a guard does not hold.</summary>
    public bool Evaluate(ScheduleWorkspace w, ReadOnlySpan<double> x, out double value)
    {
        Begin(w, x);
        Forward(w, false);
        value = w.Values[_result];
        return Holds(w);
    }

    /// <summary>f and the adjoints at <paramref name="x"/>, which stay in the workspace with the values, those of the inputs in the first
    /// places; false if a guard does not hold.</summary>
    public bool Differentiate(ScheduleWorkspace w, ReadOnlySpan<double> x, out double value)
    {
        Begin(w, x);
        w.ClearBars();
        w.Bars[_result] = 1;
        Forward(w, true);
        value = w.Values[_result];
        if (!Holds(w))
            return false;
        Backward(w);
        w.ClearUpTo(Space.Bars, 0, Inputs);
        return true;
    }

    /// <summary>How many directions a product may have at once.</summary>
    public const int MostDirections = 4;

    /// <summary>∇²f·v at the point whose values and adjoints the workspace holds, for one direction or for <see cref="MostDirections"/>, which
    /// stand one after the other: the tangents of the inputs' adjoints.</summary>
    public void Multiply(ScheduleWorkspace w, ReadOnlySpan<double> vectors)
    {
        int directions = vectors.Length == Inputs ? 1 : MostDirections;
        w.ClearDots(directions);
        for (int d = 0; d < directions; d++)
        {
            vectors.Slice(d * Inputs, Inputs).CopyTo(new Span<double>(w.Dots(d), Inputs));
            foreach (SumPlan sum in _sums)
                w.Dots(d)[sum.Position] = 0;
        }
        bool[] needsTangent = _needsTangent.Value;
        int nextSum = 0;
        for (int g = 0; g < _groups.Length; g++)
        {
            AddUp(w, Space.Dots, directions, _groups[g].Level, ref nextSum);
            if (needsTangent[g])
                Run(w, _groups[g], _groups[g].Tangent, directions > 1 ? _groups[g].Tangents : null, directions);
        }
        nextSum = _sums.Length - 1;
        for (int g = _groups.Length - 1; g >= 0; g--)
        {
            Spread(w, Space.BarDots, directions, _groups[g].Level, ref nextSum);
            Run(w, _groups[g], _groups[g].Product, directions > 1 ? _groups[g].Products : null, directions);
        }
        Spread(w, Space.BarDots, directions, -1, ref nextSum);
        for (int d = 0; d < directions; d++)
            w.ClearUpTo(Space.BarDots, d, Inputs);
    }

    // All directions at once where there is a kernel for that, otherwise one by one.
    private static void Run(ScheduleWorkspace w, GroupPlan group, Kernel one, Kernel? many, int directions)
    {
        if (many is not null)
        {
            GroupRun.Run(many, group, w);
            return;
        }
        for (int d = 0; d < directions; d++)
            GroupRun.Run(one, group, w, d);
    }

    /// <summary>The numbers of a declared parameter as the workspace holds them.</summary>
    public ReadOnlySpan<double> Parameter(ScheduleWorkspace w, Data parameter) =>
        new(w.Values + Array.Find(_parameters, p => p.Parameter == parameter).Position, parameter.Length);

    private void Begin(ScheduleWorkspace w, ReadOnlySpan<double> x)
    {
        if (w.ReserveValues())
        {
            foreach ((int position, double datum) in _data)
                w.Values[position] = datum;
        }
        x.CopyTo(new Span<double>(w.Values, x.Length));
        foreach ((Data parameter, int position) in _parameters)
            parameter.Current.CopyTo(new Span<double>(w.Values + position, parameter.Length));
        foreach (SumPlan sum in _sums)
            w.Values[sum.Position] = 0;
    }

    private void Forward(ScheduleWorkspace w, bool withGradient)
    {
        int nextSum = 0;
        foreach (GroupPlan group in _groups)
        {
            AddUp(w, Space.Values, 1, group.Level, ref nextSum);
            GroupRun.Run(withGradient && group.IsFused ? group.Gradient : group.Value, group, w);
        }
        AddUp(w, Space.Values, 1, int.MaxValue, ref nextSum);
    }

    private void Backward(ScheduleWorkspace w)
    {
        int nextSum = _sums.Length - 1;
        for (int g = _groups.Length - 1; g >= 0; g--)
        {
            Spread(w, Space.Bars, 1, _groups[g].Level, ref nextSum);
            if (!_groups[g].IsFused)
                GroupRun.Run(_groups[g].Gradient, _groups[g], w);
        }
        Spread(w, Space.Bars, 1, -1, ref nextSum);
    }

    // Sums up to a level: the terms that no group has added.
    private void AddUp(ScheduleWorkspace w, Space space, int directions, int level, ref int next)
    {
        for (; next < _sums.Length && _sums[next].Level <= level; next++)
        {
            for (int d = 0; d < directions; d++)
            {
                double* block = w.Block(space, d);
                double sum = block[_sums[next].Position];
                foreach (int term in _sums[next].Terms)
                    sum += block[term];
                block[_sums[next].Position] = sum;
            }
        }
    }

    // Sums down to above a level.
    private void Spread(ScheduleWorkspace w, Space space, int directions, int level, ref int next)
    {
        for (; next >= 0 && _sums[next].Level > level; next--)
        {
            for (int d = 0; d < directions && _sums[next].Terms.Length > 0; d++)
            {
                w.ClearUpTo(space, d, Inputs);
                double* block = w.Block(space, d);
                foreach (int term in _sums[next].Terms)
                    block[term] += block[_sums[next].Position];
            }
        }
    }

    private bool Holds(ScheduleWorkspace w) => _violations < 0 || w.Values[_violations] == 0;

    // Tangents of roots are needed where a product's formula names them, or that of a tangent that is needed.
    private bool[] FindTangentsNeeded()
    {
        bool[] needed = new bool[_groups.Length], position = new bool[Length];
        for (int g = _groups.Length - 1; g >= 0; g--)
        {
            GroupPlan group = _groups[g];
            foreach (int place in group.Root.Positions)
                needed[g] |= position[place];
            foreach (SumPlan sum in _sums)
            {
                if (!position[sum.Position])
                    continue;
                foreach (int term in sum.Terms)
                    position[term] = true;
            }
            foreach (int place in group.Root.Positions)
                needed[g] |= position[place];
            Mark(group, group.Product);
            if (needed[g])
                Mark(group, group.Tangent);
        }
        return needed;

        void Mark(GroupPlan group, Kernel kernel)
        {
            foreach (KernelInput input in kernel.Inputs)
            {
                if (input.Space != Space.Dots)
                    continue;
                foreach (int place in group.StreamOf(input.Stream).Positions)
                    position[place] = true;
            }
        }
    }

    /// <summary>What became of the lambda: its patterns, how many instances each has, and how their operands run.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{_groups.Length} patterns over {Length} numbers").AppendLine();
        foreach (GroupPlan group in _groups)
            text.Append(Listing.Of(group));
        foreach (SumPlan sum in _sums)
            text.Append(CultureInfo.InvariantCulture, $"level {sum.Level}: [{sum.Position}] += {sum.Terms.Length} stored terms").AppendLine();
        return text.ToString();
    }
}
