using System.Reflection;
using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>An elementwise rule as a step of a kernel: carried out on a tile at once, or named in generated code.</summary>
internal sealed unsafe class LaneOperation(Type rule, int arity, delegate*<double*, double*, double*, nint, void> tile, Delegate lanes)
{
    public string Name => rule.Name;

    /// <summary>The rule's type.</summary>
    public Type Rule => rule;

    /// <summary>One operand or two.</summary>
    public int Arity => arity;

    /// <summary>z = φ(x, y) on a multiple of eight numbers; a single operand is x.</summary>
    public delegate*<double*, double*, double*, nint, void> Tile => tile;

    /// <summary>The static function of eight numbers.</summary>
    public MethodInfo Method => lanes.Method;
}

/// <summary>A unary rule on tiles.</summary>
internal static unsafe class UnaryLanes<TRule> where TRule : struct, IUnaryRule<TRule>
{
    public static readonly LaneOperation Operation = new(typeof(TRule), 1, &Tile, (Func<Vector512<double>, Vector512<double>>)Apply);

    private static void Tile(double* x, double* _, double* z, nint length)
    {
        for (nint i = 0; i < length; i += Lanes.Count)
            TRule.Value(new Lanes(Vector512.Load(x + i))).Value.Store(z + i);
    }

    private static Vector512<double> Apply(Vector512<double> x) => TRule.Value(new Lanes(x)).Value;
}

/// <summary>A binary rule on tiles.</summary>
internal static unsafe class BinaryLanes<TRule> where TRule : struct, IBinaryRule<TRule>
{
    public static readonly LaneOperation Operation =
        new(typeof(TRule), 2, &Tile, (Func<Vector512<double>, Vector512<double>, Vector512<double>>)Apply);

    private static void Tile(double* x, double* y, double* z, nint length)
    {
        for (nint i = 0; i < length; i += Lanes.Count)
            TRule.Value(new Lanes(Vector512.Load(x + i)), new Lanes(Vector512.Load(y + i))).Value.Store(z + i);
    }

    private static Vector512<double> Apply(Vector512<double> x, Vector512<double> y) => TRule.Value(new Lanes(x), new Lanes(y)).Value;
}
