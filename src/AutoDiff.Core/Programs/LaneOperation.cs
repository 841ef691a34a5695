using System.Reflection;
using System.Runtime.Intrinsics;
using AutoDiff.Kernels;

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

    /// <summary>The static function of a register's numbers.</summary>
    public MethodInfo Method => lanes.Method;
}

/// <summary>A unary rule on tiles.</summary>
internal static unsafe class UnaryLanes<TRule> where TRule : struct, IUnaryRule<TRule>
{
    public static readonly LaneOperation Operation = VectorWidth.Lanes switch
    {
        8 => new(typeof(TRule), 1, &Tile<Lanes8>, (Func<Vector512<double>, Vector512<double>>)Apply),
        4 => new(typeof(TRule), 1, &Tile<Lanes4>, (Func<Vector256<double>, Vector256<double>>)Apply),
        _ => new(typeof(TRule), 1, &Tile<Lanes2>, (Func<Vector128<double>, Vector128<double>>)Apply),
    };

    private static void Tile<L>(double* x, double* _, double* z, nint length) where L : struct, ILanes<L>
    {
        for (nint i = 0; i < length; i += L.Count)
            L.Store(TRule.Value(L.Load(ref x[i])), ref z[i]);
    }

    private static Vector512<double> Apply(Vector512<double> x) => TRule.Value(new Lanes8(x)).Value;

    private static Vector256<double> Apply(Vector256<double> x) => TRule.Value(new Lanes4(x)).Value;

    private static Vector128<double> Apply(Vector128<double> x) => TRule.Value(new Lanes2(x)).Value;
}

/// <summary>A binary rule on tiles.</summary>
internal static unsafe class BinaryLanes<TRule> where TRule : struct, IBinaryRule<TRule>
{
    public static readonly LaneOperation Operation = VectorWidth.Lanes switch
    {
        8 => new(typeof(TRule), 2, &Tile<Lanes8>, (Func<Vector512<double>, Vector512<double>, Vector512<double>>)Apply),
        4 => new(typeof(TRule), 2, &Tile<Lanes4>, (Func<Vector256<double>, Vector256<double>, Vector256<double>>)Apply),
        _ => new(typeof(TRule), 2, &Tile<Lanes2>, (Func<Vector128<double>, Vector128<double>, Vector128<double>>)Apply),
    };

    private static void Tile<L>(double* x, double* y, double* z, nint length) where L : struct, ILanes<L>
    {
        for (nint i = 0; i < length; i += L.Count)
            L.Store(TRule.Value(L.Load(ref x[i]), L.Load(ref y[i])), ref z[i]);
    }

    private static Vector512<double> Apply(Vector512<double> x, Vector512<double> y) => TRule.Value(new Lanes8(x), new Lanes8(y)).Value;

    private static Vector256<double> Apply(Vector256<double> x, Vector256<double> y) => TRule.Value(new Lanes4(x), new Lanes4(y)).Value;

    private static Vector128<double> Apply(Vector128<double> x, Vector128<double> y) => TRule.Value(new Lanes2(x), new Lanes2(y)).Value;
}
