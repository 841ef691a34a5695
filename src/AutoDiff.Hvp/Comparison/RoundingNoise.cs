using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>
/// How far the rounding of the lambda's own operations may take f, its gradient and its product at a point, as seen from some runs in
/// random rounding: the largest distance between two of them.
/// </summary>
/// <param name="Value">What f scatters by.</param>
/// <param name="Gradient">What each element of the gradient scatters by.</param>
/// <param name="Product">What each element of the product scatters by; empty if it was not asked for.</param>
internal sealed record RoundingNoise(double Value, double[] Gradient, double[] Product)
{
    // Over dual numbers a slot takes 34 bytes.
    private const int MostSlots = 1 << 21;

    // A single rounding may be all that matters, and come out alike in a few runs. Of a long recording's many roundings some always differ.
    private const int LeastRuns = 3, MostRuns = 24, SlotsInAll = 1 << 15;

    /// <summary>No noise.</summary>
    public static RoundingNoise None(int dimension) => new(0, new double[dimension], []);

    /// <summary>The noise of f and its gradient at x; null where the recording cannot be run in random rounding.</summary>
    public static RoundingNoise? OfGradient(Objective f, double[] x) =>
        Measure<RandomlyRounded>(f, x, x.Length, (xi, _) => new(xi), (y, gradient, numbers) =>
        {
            numbers[0] = y.Value;
            for (int i = 0; i < gradient.Length; i++)
                numbers[i + 1] = gradient[i].Value;
        }) is { } scatter ? new(scatter[0], scatter[1..], []) : null;

    /// <summary>That at x and beside it on the line x + t·v, since x may be so round that there nothing is rounded.</summary>
    public static RoundingNoise? Near(Objective f, double[] x, double[] v, IReadOnlyList<double> steps)
    {
        RoundingNoise? noise = null;
        foreach (double t in steps.Count == 0 ? (double[])[0] : [steps[steps.Count / 4], -steps[steps.Count / 2], 0])
        {
            if (OfGradient(f, [.. x.Select((xi, i) => xi + t * v[i])]) is not { } here)
                return null;
            noise = here.Or(noise);
        }
        return noise;
    }

    /// <summary>The noise of f, its gradient and its product with v.</summary>
    public static RoundingNoise? OfProduct(Objective f, double[] x, double[] v) =>
        Measure<Jet<RandomlyRounded>>(f, x, 2 * x.Length, (xi, i) => new(new(xi), new(v[i])), (y, gradient, numbers) =>
        {
            numbers[0] = y.Primal.Value;
            for (int i = 0; i < gradient.Length; i++)
                (numbers[i + 1], numbers[gradient.Length + i + 1]) = (gradient[i].Primal.Value, gradient[i].Tangent.Value);
        }) is { } scatter ? new(scatter[0], scatter[1..(x.Length + 1)], scatter[(x.Length + 1)..]) : null;

    /// <summary>The larger of both, number by number.</summary>
    public RoundingNoise Or(RoundingNoise? other) => other is null ? this : new(
        Math.Max(Value, other.Value), [.. Gradient.Zip(other.Gradient, Math.Max)], Product.Length > 0 ? Product : other.Product);

    private delegate void Reader<T>(T y, ReadOnlySpan<T> gradient, Span<double> numbers) where T : struct, IScalar<T>;

    private static double[]? Measure<T>(Objective f, double[] x, int count, Func<double, int, T> variable, Reader<T> read)
        where T : struct, IScalar<T>
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            Var result = f.Evaluate(recorder);
            if (result.IsConstant)
                return new double[count + 1];
            Recording recording = recorder.Flush();
            if (recording.SlotCount > MostSlots)
                return null;
            double[] least = new double[count + 1], most = new double[count + 1], numbers = new double[count + 1];
            int runs = Math.Clamp(SlotsInAll / recording.SlotCount, LeastRuns, MostRuns);
            for (int run = 0; run < runs; run++)
            {
                RandomlyRounded.Seed((ulong)run);
                Interpreter<T> machine = new(recording);
                for (int i = 0; i < x.Length; i++)
                    machine.Values[i] = variable(x[i], i);
                machine.Forward();
                machine.Adjoints[result.Slot] = T.Constant(1);
                machine.Reverse();
                read(machine.Values[result.Slot], machine.Adjoints.AsSpan(0, x.Length), numbers);
                machine.Values.Release();
                machine.Adjoints.Release();
                for (int i = 0; i < numbers.Length; i++)
                    (least[i], most[i]) = run == 0 ? (numbers[i], numbers[i])
                        : (Math.Min(least[i], numbers[i]), Math.Max(most[i], numbers[i]));
            }
            for (int i = 0; i < most.Length; i++)
                most[i] = double.IsFinite(most[i] - least[i]) ? most[i] - least[i] : 0;
            return most;
        }
        catch (NotSupportedException)
        {
            return null;
        }
        finally
        {
            recorder.End();
        }
    }
}
