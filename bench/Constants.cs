using AutoDiff.Engine;

namespace AutoDiff.Bench;

/// <summary>What looking at constant arrays again costs a compiled call, in turns with the call: arrays of one block in full, of longer
/// ones every eighth block.</summary>
internal static class Constants
{
    private const int Turns = 8;

    public static void Run()
    {
        Console.WriteLine($"{"numbers",-10}{"call µs",12}{"hashes µs",12}{"part %",10}");
        Random random = new(1);
        foreach (int n in new[] { 64, 512, 1024, 4096, 32768, 262144 })
        {
            double[] c = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())];
            double[] x = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())], gradient = new double[n];
            Objective f = Objective.Of(v => v.Dot(c)).Compile(x);
            int calls = Math.Max(1, 40_000 / n) * Turns;
            ulong sink = 0;
            double[] times = Quick.Shortest(
                () =>
                {
                    for (int i = 0; i < calls; i++)
                        f.Gradient(x, gradient);
                },
                () =>
                {
                    for (int i = 0; i < calls; i++)
                        sink ^= Hashes(c, i);
                });
            GC.KeepAlive(sink);
            Console.WriteLine($"{n,-10}{times[0] * 1e-3 / calls,12:F3}{times[1] * 1e-3 / calls,12:F3}{100 * times[1] / times[0],10:F1}");
        }
    }

    private static ulong Hashes(double[] numbers, int call)
    {
        ulong sum = 0;
        int step = numbers.Length <= BlockHash.Size ? 1 : Turns;
        for (int block = step == 1 ? 0 : call % Turns; block * BlockHash.Size < numbers.Length; block += step)
            sum ^= BlockHash.Of(numbers.AsSpan(block * BlockHash.Size, Math.Min(BlockHash.Size, numbers.Length - block * BlockHash.Size)));
        return sum;
    }
}
