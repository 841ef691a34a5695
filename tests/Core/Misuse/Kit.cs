using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>One handle of every kind, all of one recording, with values that every operation accepts.</summary>
internal sealed record Kit(Var Scalar, VarVector Vector, VarMatrix Matrix, Mask Mask, DataVector Data, DataLabel Label)
{
    // Four numbers, then a symmetric positive definite matrix of 4 × 4.
    private static readonly double[] s_point =
        [0.5, 0.25, 0.75, 0.6, 2.0, 0.3, 0.1, 0.2, 0.3, 1.5, 0.4, 0.1, 0.1, 0.4, 1.8, 0.3, 0.2, 0.1, 0.3, 2.5];

    private static readonly Data s_data = AutoDiff.Data.Of(1, 1, 0, 1);

    private static Kit Of(VarVector x) => new(x[0], x[..4], x.Matrix(4, 4, 4), x[..4] > 0.3, s_data, s_data.Vector.Label(0));

    /// <summary>Runs <paramref name="body"/> inside a recording, with its handles.</summary>
    public static void Live(Action<Kit> body) => Objective.Of(x =>
    {
        body(Of(x));
        return x[0];
    }).Value(s_point);

    /// <summary>Handles of a recording that has ended.</summary>
    public static Kit Ended()
    {
        Kit? kept = null;
        Live(kit => kept = kit);
        return kept!;
    }

    /// <summary>Runs <paramref name="body"/> with handles of a recording that is alive on another thread.</summary>
    public static void OnAnotherThread(Action<Kit> body)
    {
        using SemaphoreSlim ready = new(0), done = new(0);
        Kit? theirs = null;
        Thread thread = new(() => Live(kit =>
        {
            theirs = kit;
            ready.Release();
            done.Wait();
        }));
        thread.Start();
        ready.Wait();
        try
        {
            body(theirs!);
        }
        finally
        {
            done.Release();
            thread.Join();
        }
    }

    /// <summary>The handle of the given type; null if the type is no handle's.</summary>
    public object? Handle(Type type) =>
        type == typeof(Var) || type == typeof(object) ? Scalar
        : type == typeof(VarVector) ? Vector
        : type == typeof(VarMatrix) ? Matrix
        : type == typeof(Mask) ? Mask
        : type == typeof(DataVector) ? Data
        : type == typeof(DataLabel) ? Label
        : null;

    /// <summary>Uses a handle, so that one which is not alive throws; false if it is no handle, or a constant.</summary>
    public static bool Use(object? handle)
    {
        switch (handle)
        {
            case Var x:
                _ = x.Value;
                return !x.IsConstant;
            case VarVector x:
                x.ToValues();
                return !x.IsConstant;
            case VarMatrix x:
                x.ToValues();
                return !x.IsConstant;
            case DataVector x:
                ((VarVector)x).ToValues();
                return !((VarVector)x).IsConstant;
            case Mask x:
                new VarVector(x.Flags).ToValues();
                return true;
            default:
                return false;
        }
    }
}
