namespace AutoDiff.Optim.Kernels;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): a stream of random numbers whose whole state is one word, so that a checkpoint can keep
/// it.</summary>
internal struct RandomStream(ulong seed)
{
    /// <summary>All that determines the numbers to come.</summary>
    public ulong State { get; set; } = seed;

    /// <summary>The stream numbered <paramref name="index"/> of those that belong to a seed; different numbers, unrelated
    /// streams.</summary>
    public static RandomStream Of(ulong seed, ulong index) => new(Mix(seed + (index + 1) * 0xD1B54A32D192ED03UL));

    /// <summary>64 random bits.</summary>
    public ulong Next() => Mix(State += 0x9E3779B97F4A7C15UL);

    /// <summary>Uniform on [0, 1).</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal, by the polar method of Marsaglia.</summary>
    public double NextNormal()
    {
        while (true)
        {
            double a = 2 * NextUnit() - 1, b = 2 * NextUnit() - 1, square = a * a + b * b;
            if (square is > 0 and < 1)
                return a * Math.Sqrt(-2 * Math.Log(square) / square);
        }
    }

    /// <summary>Fills a vector with independent standard normal numbers.</summary>
    public void FillNormal(Span<double> vector)
    {
        foreach (ref double element in vector)
            element = NextNormal();
    }

    /// <summary>Fills a vector with −1 and 1 at random (Rademacher).</summary>
    public void FillSigns(Span<double> vector)
    {
        foreach (ref double element in vector)
            element = (Next() >> 63) == 0 ? 1 : -1;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
