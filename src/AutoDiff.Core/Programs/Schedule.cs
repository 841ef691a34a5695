using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>
/// A recording as few patterns over many operands: groups of equal expressions, level by level, each run in tiles. It gives what the sweeps
/// over the recording give, but for the rounding of long sums and of functions that have a vectorized form. Immutable; a workspace belongs
/// to one thread at a time.
/// </summary>
internal sealed unsafe partial class Schedule
{
    private readonly GroupPlan[] _groups;
    private readonly SumPlan[] _sums;
    private readonly int _violations, _leaves;
    private readonly Data? _open;

    // Positions, or -1 for a constant.
    private readonly int[] _results;
    private readonly double[] _constantResults;
    private readonly (Data Parameter, int Position)[] _parameters;
    private readonly (int Position, double Value)[] _data;
    private readonly Lazy<bool[]> _needsTangent, _needsResultTangent;
    private PinnedBuffer<double> _constants = new() { PageOffset = 3328 };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    private Schedule(Graph graph, Layout layout)
    {
        _groups = [.. layout.Groups];
        _sums = [.. layout.Sums.OrderBy(s => s.Level)];
        Inputs = graph.Recording.InputCount;
        _results = [.. graph.Results.Select(r => r < 0 ? -1 : layout.PositionOf(r))];
        _constantResults = [.. graph.Results.Select(r => r < 0 ? graph.Recording.Constants[~r] : 0)];
        _violations = graph.Violations < 0 ? -1 : layout.PositionOf(graph.Violations);
        Length = layout.Length;
        _open = graph.Recording.Open;
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
        _leaves = Inputs + data.Count + parameters.Sum(p => p.Item1.Length);
        _needsTangent = new(() => FindTangentsNeeded(false));
        _needsResultTangent = new(() => FindTangentsNeeded(true));
    }

    /// <summary>The number of inputs, which have the first positions.</summary>
    public int Inputs { get; }

    /// <summary>The number of positions.</summary>
    public int Length { get; }

    /// <summary>How many constants come with every call.</summary>
    public int OpenLength => _open?.Length ?? 0;

    public double* Constants => _constants.Pointer;

    /// <summary>The groups, from the lowest level up.</summary>
    public IReadOnlyList<GroupPlan> Groups => _groups;

    /// <summary>The schedule of a recording, whose results are one number to be differentiated (<paramref name="isScalar"/>) or many; null
    /// if not all of it is elementwise, or it has too few patterns to gain by it.</summary>
    public static Schedule? Of(Recording recording, Results results, ReadOnlySpan<Guard> guards, bool isScalar)
    {
        SchedulePasses passes = SchedulePasses.Current;
        if (ScalarForm.Of(recording, results, guards) is not { } form || passes.OnlyWhereItPays
            && form.Recording.InstructionCount < FewestOperations
            || isScalar && form.Results[0] < form.Recording.InputCount || Graph.Of(form, isScalar) is not { } graph)
            return null;
        if (passes.CommonSubexpressions)
            CommonSubexpressions.Find(graph);
        LiveNodes.Find(graph);
        if (passes.LongSums)
            LongSums.Find(graph);
        KnownAdjoints.Find(graph, passes.KnownAdjoints);
        Cones.Assign(graph, passes.Cones);
        return Patterns.Find(graph) is { } patterns && (!passes.OnlyWhereItPays || IsWorthwhile(graph, patterns, form.SweepTime))
            ? new Schedule(graph, Layout.Arrange(graph, patterns, passes.Sorting))
            : null;
    }

    /// <summary>Recordings of fewer operations are not scheduled.</summary>
    public const int FewestOperations = 256;

    // Measured for value and gradient, in ns. Here a group takes about 200, and each function 2; where its pattern has instances enough for
    // code to be generated 0.6 for eight instances of an operation, otherwise 5 for a tile and 0.1 for each instance.
    private static bool IsWorthwhile(Graph graph, Patterns patterns, double sweepTime)
    {
        double here = 0;
        foreach (Group group in patterns.Groups)
        {
            int functions = 0;
            for (int i = 0; i < group.Size; i++)
                functions += group.Nodes[i] < graph.Recording.SlotCount && graph.Code[group.Nodes[i]] > OpCode.LastInline ? 1 : 0;
            here += 200 + 2.0 * functions * group.Count + (Kernel.IsCompiledFor(group.Size * patterns.InstancesLike(group))
                ? 0.6 * group.Size * ((group.Count + VectorWidth.Block - 1) / VectorWidth.Block)
                : group.Size * (5.0 * ((group.Count + 127) / 128) + 0.1 * group.Count));
        }
        return here < 0.7 * sweepTime;
    }

    /// <summary>f(x); false if a guard does not hold.</summary>
    public bool Evaluate(ScheduleWorkspace w, ReadOnlySpan<double> x, out double value)
    {
        Begin(w, x);
        Forward(w, false);
        value = w.Values[_results[0]];
        return Holds(w);
    }

    /// <summary>f and the adjoints at <paramref name="x"/>, which stay in the workspace with the values, those of the inputs in the first
    /// places; false if a guard does not hold.</summary>
    public bool Differentiate(ScheduleWorkspace w, ReadOnlySpan<double> x, out double value)
    {
        Begin(w, x);
        w.ClearBars();
        w.Bars[_results[0]] = 1;
        Forward(w, true);
        value = w.Values[_results[0]];
        if (!Holds(w))
            return false;
        Backward(w);
        w.ClearUpTo(Space.Bars, 0, Inputs);
        return true;
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
        Snapshot? moment = _parameters.Length > 0 ? Snapshot.Current : null;
        foreach ((Data parameter, int position) in _parameters)
            (ReferenceEquals(parameter, _open) ? w.OpenConstants : parameter.At(moment!)).CopyTo(
                new Span<double>(w.Values + position, parameter.Length));
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
                foreach (int datum in space == Space.Values ? _sums[next].Data : [])
                    sum += block[datum];
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

    // Tangents of roots are needed where they are results', or a product's formula names them, or that of a tangent that is needed.
    private bool[] FindTangentsNeeded(bool forResults)
    {
        bool[] needed = new bool[_groups.Length], position = new bool[Length];
        foreach (int result in forResults ? _results : [])
        {
            if (result >= 0)
                position[result] = true;
        }
        int nextSum = _sums.Length - 1;
        for (int g = _groups.Length - 1; g >= 0; g--)
        {
            GroupPlan group = _groups[g];
            for (; nextSum >= 0 && _sums[nextSum].Level > group.Level; nextSum--)
            {
                foreach (int term in position[_sums[nextSum].Position] ? _sums[nextSum].Terms : [])
                    position[term] = true;
            }
            foreach (int place in group.Root.Positions)
                needed[g] |= position[place];
            if (!forResults)
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
            text.Append(CultureInfo.InvariantCulture,
                $"level {sum.Level}: [{sum.Position}] += {sum.Terms.Length + sum.Data.Length} stored terms").AppendLine();
        return text.ToString();
    }
}
