using AutoDiff.Optim;
using static AutoDiff.Optim.CriticalPointKind;

namespace AutoDiff.Tests.Optim.CriticalPoints;

/// <summary>Functions of two variables with a singular Hessian at the origin, and what the origin is. The kinds are known by
/// hand.</summary>
internal static class DegenerateCases
{
    public static readonly Dictionary<string, (Func<Var, Var, Var> F, CriticalPointKind Kind)> All = new()
    {
        ["monkey saddle x³ − 3xy²"] = ((x, y) => x * x * x - 3 * x * y * y, Saddle),
        ["x² + y³"] = ((x, y) => x * x + y * y * y, Saddle),
        ["−x² + y³"] = ((x, y) => -(x * x) + y * y * y, Saddle),
        ["x⁴ + y⁴"] = ((x, y) => Fourth(x) + Fourth(y), Minimum),
        ["x² + y⁴"] = ((x, y) => x * x + Fourth(y), Minimum),
        ["x² + xy² + y⁴"] = ((x, y) => x * x + x * y * y + Fourth(y), Minimum),
        ["−x⁴ − y⁴"] = ((x, y) => -Fourth(x) - Fourth(y), Maximum),
        ["−x² − y⁴"] = ((x, y) => -(x * x) - Fourth(y), Maximum),
        ["x⁴ − y⁴"] = ((x, y) => Fourth(x) - Fourth(y), Saddle),
        ["x² − y⁴"] = ((x, y) => x * x - Fourth(y), Saddle),
        ["−x² + y⁴"] = ((x, y) => -(x * x) + Fourth(y), Saddle),
        ["Peano (y − x²)(y − 2x²)"] = ((x, y) => (y - x * x) * (y - 2 * x * x), Saddle),
        ["x²y²"] = ((x, y) => x * x * y * y, Undecided),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static Var Fourth(Var x) => x * x * (x * x);
}
