namespace AutoDiff.Kernels;

/// <summary>A constant in a type, for which the JIT compiles a kernel of its own.</summary>
internal interface ITileCount
{
    static abstract int Value { get; }
}

/// <summary>The counts of which register tiles are made.</summary>
internal static class TileCount
{
    public readonly struct One : ITileCount
    {
        public static int Value => 1;
    }

    public readonly struct Two : ITileCount
    {
        public static int Value => 2;
    }

    public readonly struct Three : ITileCount
    {
        public static int Value => 3;
    }

    public readonly struct Four : ITileCount
    {
        public static int Value => 4;
    }

    public readonly struct Eight : ITileCount
    {
        public static int Value => 8;
    }
}
