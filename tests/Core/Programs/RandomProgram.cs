namespace AutoDiff.Tests.Programs;

/// <summary>
/// A scalar program made from integers: each appends a number computed from earlier ones, by an operation that stays in range. Any list of
/// integers is a program, so that a failing one can be shrunk.
/// </summary>
internal sealed class RandomProgram(int[] code)
{
    public const int InputCount = 4;

    private const int OperationCount = 18;

    /// <summary>The sum of the last few numbers, over any type that has <see cref="Math"/>'s functions.</summary>
    public Var Run(VarVector x) => Run(x[0], x[1], x[2], x[3]);

    /// <summary>The same of four scalars.</summary>
    public Var Run(params ReadOnlySpan<Var> x)
    {
        List<Var> numbers = [.. x];
        foreach (int word in code)
            numbers.Add(Operate(word, numbers));
        Var sum = 0;
        for (int i = Math.Max(0, numbers.Count - 5); i < numbers.Count; i++)
            sum += numbers[i];
        return sum;
    }

    /// <summary>A sum over instances of the program, whose operands are shared, neighbouring or strided, of which every third is used
    /// twice.</summary>
    public Objective InLoop(int stride, int shared) => Objective.Of(x =>
    {
        Var sum = 0, last = 0;
        for (int i = 0; i + 4 * stride < x.Length; i += stride)
        {
            Var term = Run(x[shared], x[i + 1], x[i + stride], (1 + i % 7 * 0.125) * x[^1]);
            sum += i % 3 == 0 ? term * last : term;
            last = term;
        }
        return sum * 0.5 + x[0] * Math.Exp(-last * last);
    });

    /// <summary>The same in nested dual numbers.</summary>
    public Dual<Dual<double>> Run(Dual<Dual<double>>[] x)
    {
        List<Dual<Dual<double>>> numbers = [.. x];
        foreach (int word in code)
            numbers.Add(Operate(word, numbers));
        Dual<Dual<double>> sum = Dual<Dual<double>>.Zero;
        for (int i = Math.Max(0, numbers.Count - 5); i < numbers.Count; i++)
            sum += numbers[i];
        return sum;
    }

    private static (int Operation, int A, int B, double Constant) Decode(int word, int count)
    {
        uint bits = (uint)word * 2654435761u;
        return ((int)(bits % OperationCount), (int)((bits >> 5) % (uint)count), (int)((bits >> 13) % (uint)count), 0.25
            + (bits >> 21) % 16 / 8.0);
    }

    private static Var Operate(int word, List<Var> numbers)
    {
        (int operation, int i, int j, double c) = Decode(word, numbers.Count);
        (Var a, Var b) = (numbers[i], numbers[j]);
        return operation switch
        {
            0 => 0.5 * (a + b),
            1 => a - b * c,
            2 => a * b / (1 + a * a),
            3 => a / (c + b * b),
            4 => -a,
            5 => Math.Sin(a * c),
            6 => Math.Tanh(a + b),
            7 => Math.Exp(-a * a),
            8 => Math.Log(c + b * b),
            9 => Math.Sqrt(c + a * a),
            10 => c - a,
            11 => c / (1 + b * b),
            12 => Math.Atan2(a, c + b * b),
            13 => Math.Pow(c + a * a, 0.3),
            14 => Math.Max(a, b),
            15 => a > b ? Math.Cos(a) : b * c / (1 + b * b),
            16 => Math.Abs(a) / (1 + b * b),
            _ => Math.Sigmoid(a) * b / (1 + b * b),
        };
    }

    private static Dual<Dual<double>> Operate(int word, List<Dual<Dual<double>>> numbers)
    {
        (int operation, int i, int j, double c) = Decode(word, numbers.Count);
        (Dual<Dual<double>> a, Dual<Dual<double>> b) = (numbers[i], numbers[j]);
        return operation switch
        {
            0 => 0.5 * (a + b),
            1 => a - b * c,
            2 => a * b / (1 + a * a),
            3 => a / (c + b * b),
            4 => -a,
            5 => Math.Sin(a * c),
            6 => Math.Tanh(a + b),
            7 => Math.Exp(-a * a),
            8 => Math.Log(c + b * b),
            9 => Math.Sqrt(c + a * a),
            10 => c - a,
            11 => c / (1 + b * b),
            12 => Math.Atan2(a, c + b * b),
            13 => Math.Pow(c + a * a, 0.3),
            14 => Math.Max(a, b),
            15 => a > b ? Math.Cos(a) : b * c / (1 + b * b),
            16 => Math.Abs(a) / (1 + b * b),
            _ => Math.Sigmoid(a) * b / (1 + b * b),
        };
    }
}
