namespace AutoDiff.Kernels;

/// <summary>A constant in a type, for which the JIT compiles a kernel of its own.</summary>
internal interface ICount
{
    static abstract int Value { get; }
}

/// <summary>The counts of which register tiles are made.</summary>
internal static class Count
{
    public readonly struct One : ICount
    {
        public static int Value => 1;
    }

    public readonly struct Two : ICount
    {
        public static int Value => 2;
    }

    public readonly struct Three : ICount
    {
        public static int Value => 3;
    }

    public readonly struct Four : ICount
    {
        public static int Value => 4;
    }

    public readonly struct Eight : ICount
    {
        public static int Value => 8;
    }
}
