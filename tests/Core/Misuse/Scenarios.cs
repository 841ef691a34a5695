using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>What a process of its own is asked to do (see <see cref="ChildProcess"/>): the entry point of the test assembly.</summary>
internal static class Scenarios
{
    public const string Well = "all well", RowObjectives = "row-objectives", CompiledObjectives = "compiled-objectives",
        Endless = "endless", LargeAfterLarge = "large-after-large";

    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case [RowObjectives]: MakeAndDrop(10_000, RowObjective); break;
            case [CompiledObjectives]: MakeAndDrop(2_000, CompiledObjective); break;
            case [Endless]: RecordEndlessly(); break;
            case [LargeAfterLarge]: RecordOnManyThreads(); break;
            default: return 2;
        }
        Console.WriteLine(Well);
        return 0;
    }

    /// <summary>A sum over rows that is used once: ∇ Σ xr² = 2xΣr².</summary>
    public static void RowObjective(int i)
    {
        double[,] rows = { { i, 1 }, { 2, 3 }, { -i, 4 } };
        DataObjective f = Objective.Sum(rows, (x, r) => Math.Pow(x[0] * r[0], 2) + x[1] * r[1]);
        Expect(f.Gradient([0.5, 1.0]), 2.0 * i * i + 4, 8);
        Expect(f.Hvp([0.5, 1.0], [1.0, 0.0]), 4.0 * i * i + 8, 0);
    }

    /// <summary>A compiled lambda that is used once: ∇ Σ (x₀ + k)x₁.</summary>
    public static void CompiledObjective(int i)
    {
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int k = 0; k < 400; k++)
                sum += (x[0] + k * i) * x[1] * x[1];
            return sum;
        }).Compile([1.0, 2.0]);
        double[] gradient = f.Gradient([1.0, 2.0]);
        Expect(gradient, 1600, 4 * (400 + 79800.0 * i));
        Expect(f.Hvp([1.0, 2.0], [1.0, 0.0]), 0, 1600);
    }

    private static void MakeAndDrop(int count, Action<int> use)
    {
        for (int i = 0; i < count; i++)
            use(i);
    }

    // Two thousand million operations, which no limit was set for.
    private static void RecordEndlessly()
    {
        Objective endless = Objective.Of(x =>
        {
            Var y = x[0];
            for (int i = 0; i < 2_000_000_000; i++)
                y = y * 0.5 + 1;
            return y;
        });
        for (int i = 0; i < 2; i++)
        {
            try
            {
                endless.Gradient([1.0]);
                throw new InvalidOperationException("The limit was not kept.");
            }
            catch (RecordingLimitException)
            {
            }
            RowObjective(3);
        }
    }

    // Each thread's recording fits, but not those of all threads at once if idle ones are kept.
    private static void RecordOnManyThreads()
    {
        for (int i = 0; i < 12; i++)
        {
            Thread thread = new(() => Expect(Objective.Of(Chain).Gradient([1.0]), 1_200_000));
            thread.Start();
            thread.Join();
        }

        static Var Chain(VarVector x)
        {
            Var y = 0;
            for (int i = 0; i < 1_200_000; i++)
                y += x[0];
            return y;
        }
    }

    private static void Expect(double[] numbers, params double[] expected)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(numbers[i] - expected[i]) <= 1e-12 * Math.Abs(expected[i])))
                throw new InvalidOperationException($"Number {i} is {numbers[i]:R} in place of {expected[i]:R}.");
        }
    }
}
