namespace AutoDiff.Kernels;

/// <summary>A constant in a type, from which the JIT compiles a kernel of its own.</summary>
internal interface ICount
{
    static abstract int Value { get; }
}

internal readonly struct One : ICount
{
    public static int Value => 1;
}

internal readonly struct Two : ICount
{
    public static int Value => 2;
}

internal readonly struct Three : ICount
{
    public static int Value => 3;
}

internal readonly struct Four : ICount
{
    public static int Value => 4;
}

internal readonly struct Eight : ICount
{
    public static int Value => 8;
}
