using AutoDiff.Problems;

namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>A program, the points at which it is looked at, and directions: all of one seed.</summary>
public sealed record Case(long Seed, Routine Program, double[][] Points, double[] V, double[] U, double[] OtherData);

/// <summary>Makes programs from seeds.</summary>
public sealed class Generator
{
    private static readonly int[] s_lengths =
        [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1000];
    private static readonly int[] s_rowCounts = [1, 2, 3, 7, 8, 9, 16, 17, 33, 64, 65, 255, 256, 257];

    // What each kind of program is made of; those that stand twice come twice as often.
    private static readonly Op[] s_scalar =
        [Op.Unary, Op.Unary, Op.Binary, Op.Binary, Op.BinaryConstant, Op.PowerConstant, Op.FusedMultiplyAdd, Op.StopGradient,
        Op.CustomRule];
    private static readonly Op[] s_array =
    [
        Op.UnaryArray, Op.UnaryArray, Op.BinaryArrays, Op.BinaryArrays, Op.ArrayScalar, Op.ScalarArray, Op.ArrayConstant, Op.ArrayNumbers,
            Op.FusedMultiplyAddArray, Op.PowerArray,
        Op.CustomRuleArray, Op.Choice, Op.Shift, Op.Gather, Op.Splice, Op.ScatterAdd, Op.Pack, Op.Softmax, Op.LogSoftmax, Op.CumulativeSum,
            Op.MatrixVector, Op.MatrixMatrix,
        Op.Solve, Op.SolveTriangular, Op.ColumnSums, Op.CustomArray, Op.Element, Op.Sum, Op.Dot, Op.Norm, Op.LogSumExp, Op.Mean, Op.Product,
            Op.Largest, Op.Smallest,
        Op.LogDeterminant, Op.Determinant, Op.Loop, Op.Loop,
    ];

    private readonly long _seed;
    private SplitMix64 _random;
    private bool _rows, _inner;

    private Generator(long seed) => (_seed, _random) = (seed, new SplitMix64((ulong)seed * 7919));

    /// <summary>The program of that seed.</summary>
    public static Case Make(long seed) => new Generator(seed).Make();

    private Case Make()
    {
        _rows = Next(5) == 0;
        int n = Next(4) == 0 ? 1 + Next(2) : 2 + Next(5);
        double[] data = Next(3) == 0 ? Numbers(1 + Next(3)) : [];
        Routine program = new(
            n, 3 + Next(3), Lengths(_rows ? 12 : Next(6) == 0 ? s_lengths.Length : Next(3) == 0 ? 18 : 12),
            Body(3 + Next(_rows ? 7 : 12), data.Length > 0, 0)) { Data = data };
        if (_rows)
        {
            int length = 3 + Next(3), count = s_rowCounts[Next(Next(4) == 0 ? s_rowCounts.Length : 9)];
            program = program with { RowLength = length, Rows = Rows(count, length) };
        }
        return new Case(_seed, program, [Numbers(n), Numbers(n), Numbers(n)], Numbers(n), Numbers(n), Numbers(data.Length));
    }

    private double[] Rows(int count, int length)
    {
        double[] rows = Numbers(count * length);
        for (int i = 0; i < count; i++)
            rows[i * length + length - 1] = Next(3);
        return rows;
    }

    private Step[] Body(int steps, bool data, int depth)
    {
        Step[] body = new Step[steps];
        for (int i = 0; i < steps; i++)
            body[i] = Make(data, depth);
        return body;
    }

    private Step Make(bool data, int depth)
    {
        int kind = Next(100);
        Op op = kind < 30 ? s_scalar[Next(s_scalar.Length)] : s_array[Next(s_array.Length)];
        if (depth < 2 && kind >= 88)
            op = kind < 94 ? Op.If : Op.While;
        if (data && kind is 80 or 81)
            op = kind == 80 ? Op.DataScalar : Op.DataArray;
        if (_rows && !_inner && kind is 82 or 83)
            op = kind == 82 ? Op.Label : Op.CrossEntropy;
        if (!_inner && kind is 84 or 85 or 86 or 87)
            op = (Op)((int)Op.InnerGradient + Next(_rows ? 4 : 5));
        Step step = new(op, Next(6), Next(6), Next(6), Next(6), Next(60),
            Math.Round(2 * _random.NextSigned(), 2)) { Indices = [.. Enumerable.Range(0, 1 + Next(9)).Select(_ => Next(40))] };
        return op switch
        {
            Op.If => step with { Then = Body(1 + Next(3), data, depth + 1), Else = Body(Next(3), data, depth + 1) },
            Op.While => step with { Then = Body(1 + Next(2), data, depth + 1) },
            >= Op.InnerGradient and <= Op.InnerRows => step with { Inner = Inner(op == Op.InnerRows) },
            // Rules in plain numbers serve where nothing is differentiated twice.
            Op.CustomArray when _inner => step with { Function = step.Function % 2 },
            _ => step,
        };
    }

    private Routine Inner(bool rows)
    {
        _inner = true;
        bool outer = _rows;
        _rows = rows;
        Routine inner = new(1 + Next(4), 2 + Next(2), Lengths(9), Body(1 + Next(4), false, 1));
        if (rows)
            inner = inner with { RowLength = 3, Rows = Rows(1 + Next(20), 3) };
        _inner = false;
        _rows = outer;
        return inner;
    }

    private int[] Lengths(int most) => [.. Enumerable.Range(0, 2 + Next(2)).Select(_ => s_lengths[Next(most)])];

    private int Next(int below) => (int)(_random.Next() % (ulong)below);

    private double[] Numbers(int count)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = Math.Round(1.6 * _random.NextSigned(), 4);
        return values;
    }
}
