using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// A function of equal arguments is one node, however often the lambda calls it. A sum or product by itself stays what it is: within an
/// expression the kernel takes equal steps once anyway, and across expressions it costs less to compute it again than to store it, to load
/// it and to add up its adjoint; so it counts only as a part of a function's argument.
/// </summary>
internal sealed unsafe class CommonSubexpressions
{
    private readonly Graph _graph;

    // A number for each expression, by node: equal ones have the same. Others hardly ever do, but that is looked at.
    private readonly ulong[] _hash;

    // The functions so far, each where the lower half of its hash says or behind that: the upper half, and below it one more than the node;
    // 0 where there is none.
    private readonly ulong[] _table;

    // One higher than the earlier node that a node is known to equal; 0 where none is.
    private int[] _equal = [];
    private bool _hasMerged;

    private readonly Stack<(int, int)> _pending = [];
    private readonly List<int> _assumed = [];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    private CommonSubexpressions(Graph graph)
    {
        _graph = graph;
        _hash = GC.AllocateUninitializedArray<ulong>(graph.Recording.SlotCount);
        int functions = 0;
        foreach (ushort code in graph.Code.AsSpan(0, _hash.Length))
            functions += IsFunction(code) ? 1 : 0;
        _table = new ulong[BitOperations.RoundUpToPowerOf2((uint)(2 * functions + 1))];
    }

    public static void Find(Graph graph)
    {
        CommonSubexpressions search = new(graph);
        search.Search();
        if (search._hasMerged)
            search.Replace();
    }

    // Comparisons of guards are not looked for, but what they compare is. A result stays where it is, even if an earlier node equals it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    private void Search()
    {
        ushort[] codes = _graph.Code;
        int[] left = _graph.A, right = _graph.B;
        ulong[] hash = _hash;
        double* constants = _graph.Recording.Constants;
        for (int node = 0; node < hash.Length; node++)
        {
            ushort code = codes[node];
            if (code >= Graph.Unused)
            {
                hash[node] = Mix(code, (ulong)node);
                continue;
            }
            ulong x = HashOf(left[node]), y = HashOf(right[node]);
            if (IsCommutative(code))
                (x, y) = (Math.Min(x, y), Math.Max(x, y));
            hash[node] = Mix(Mix(code, x), y);
            if (IsFunction(code))
                Enter(node);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        ulong HashOf(int operand) =>
            operand >= 0 ? hash[operand] : operand == Graph.None ? 1 : BitConverter.DoubleToUInt64Bits(constants[~operand]);
    }

    // Puts a function into the table, unless an equal one is there.
    private void Enter(int node)
    {
        ulong hash = _hash[node];
        int mask = _table.Length - 1, place = (int)hash & mask;
        for (; _table[place] != 0; place = (place + 1) & mask)
        {
            if (_table[place] >> 32 == hash >> 32 && AreEqual((int)(uint)_table[place] - 1, node))
            {
                _hasMerged = true;
                return;
            }
        }
        _table[place] = hash >> 32 << 32 | (uint)(node + 1);
    }

    // Whether two expressions are equal; if so, they and their parts are noted to be. A part is assumed to be equal once it has been met,
    // so that it is gone through only once.
    private bool AreEqual(int x, int y)
    {
        if (_equal.Length == 0)
            _equal = new int[_hash.Length];
        _assumed.Clear();
        _pending.Clear();
        _pending.Push((x, y));
        while (_pending.TryPop(out (int X, int Y) pair))
        {
            (x, y) = (First(pair.X), First(pair.Y));
            if (x == y)
                continue;
            (x, y) = (Math.Min(x, y), Math.Max(x, y));
            if (!AreAlike(x, y))
            {
                foreach (int node in _assumed)
                    _equal[node] = 0;
                return false;
            }
            _equal[y] = x + 1;
            _assumed.Add(y);
        }
        return true;
    }

    // The same operation on the same constants; the other operands remain to be compared.
    private bool AreAlike(int x, int y)
    {
        ushort code = _graph.Code[x];
        if (code != _graph.Code[y] || code >= Graph.Unused)
            return false;
        (int a, int b, int c, int d) = (_graph.A[x], _graph.B[x], _graph.A[y], _graph.B[y]);
        if (IsCommutative(code) && _hash[a] != _hash[c])
            (c, d) = (d, c);
        return MayBeEqual(a, c) && MayBeEqual(b, d);
    }

    private bool MayBeEqual(int operand, int other)
    {
        if (operand >= 0 && other >= 0)
        {
            _pending.Push((operand, other));
            return true;
        }
        double* constants = _graph.Recording.Constants;
        return operand == other
            || operand < 0 && other < 0 && operand != Graph.None && other != Graph.None
                && BitConverter.DoubleToInt64Bits(constants[~operand]) == BitConverter.DoubleToInt64Bits(constants[~other]);
    }

    private int First(int node)
    {
        while (_equal[node] > 0)
            node = _equal[node] - 1;
        return node;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    private void Replace()
    {
        for (int node = 0; node < _graph.Count; node++)
        {
            if (_graph.Code[node] >= Graph.Unused)
                continue;
            Replace(ref _graph.A[node]);
            Replace(ref _graph.B[node]);
        }
        foreach (ref int result in _graph.Results.AsSpan())
            Replace(ref result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Replace(ref int operand)
    {
        if ((uint)operand < (uint)_equal.Length && _equal[operand] > 0 && IsFunction(_graph.Code[operand]))
            operand = First(operand);
    }

    private static bool IsFunction(ushort code) => code is > OpCode.LastInline and < Graph.Unused;

    // With a constant, which stands second, their codes are others.
    private static bool IsCommutative(ushort code) => code is OpCode.Add or OpCode.Multiply;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong hash, ulong item)
    {
        hash = (hash ^ item) * 0x9E3779B97F4A7C15;
        return hash ^ hash >> 32;
    }
}
