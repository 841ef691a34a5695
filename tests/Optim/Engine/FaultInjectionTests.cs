using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.Engine;

/// <summary>Whatever goes wrong at whichever evaluation after the start: no exception leaves, nothing is called converged that is not, and
/// the best finite point comes back.</summary>
public class FaultInjectionTests
{
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(5);

    private const int Evaluations = 50;

    [Theory, MemberData(nameof(Methods.Names), MemberType = typeof(Methods))]
    public void A_fault_is_never_called_convergence_and_the_best_point_comes_back(string name)
    {
        Minimizer method = Methods.Of(name) with { MaxIterations = 120 };
        int fired = 0;
        foreach (FaultyPart part in Enum.GetValues<FaultyPart>())
        {
            foreach (InjectedFault fault in Enum.GetValues<InjectedFault>())
            {
                for (int at = 1; at <= Evaluations; at++)
                {
                    // One delay is enough for a time-out.
                    foreach (bool lasts in fault == InjectedFault.Timeout ? (ReadOnlySpan<bool>)[false] : [false, true])
                        fired += Inject(method, part, fault, at, lasts) ? 1 : 0;
                }
            }
        }
        fired.ShouldBeGreaterThan(100);
    }

    private static bool Inject(Minimizer method, FaultyPart part, InjectedFault fault, int at, bool lasts)
    {
        string what = $"{method.GetType().Name}: {fault} in {part} at {at}{(lasts ? " and after" : "")}";
        using CancellationTokenSource cancellation = new();
        FaultyFunction function = new(part, fault, at, lasts, cancellation);
        Minimizer limited = fault == InjectedFault.Timeout ? method with { TimeLimit = Limit } : method;
        OptimizationResult Run() =>
            limited.Minimize(Objective.Of(x => function.Apply(x)[0]), FaultyFunction.Start, null, cancellation.Token);
        // What the objective throws at the start is thrown on, as an error of the lambda's is.
        if (fault == InjectedFault.Exception && at == 1 && part != FaultyPart.Product)
        {
            Should.Throw<TimeZoneNotFoundException>(Run, what);
            return true;
        }
        OptimizationResult result = Run();

        double norm = Math.Sqrt(FaultyFunction.ExactGradient(result.X).Sum(g => g * g));
        if (result.IsConverged)
            norm.ShouldBeLessThan(1e-4, what);
        else if (double.IsFinite(function.Lowest))
            result.Value.ShouldBe(function.Lowest, what);
        else
            double.IsFinite(result.Value).ShouldBeFalse(what);
        if (double.IsFinite(result.Value))
            result.Value.ShouldBe(FaultyFunction.Exact(result.X), what);
        if (result.Verdict.Kind == CriticalPointKind.Minimum)
            norm.ShouldBeLessThan(1e-6, what);
        if (result.Status == OptimizationStatus.ObjectiveThrew || fault == InjectedFault.Exception && function.HasFired
            && part == FaultyPart.Value)
            result.Exception.ShouldBeOfType<TimeZoneNotFoundException>(what);
        if (function.HasFired && !result.IsConverged && (lasts || fault == InjectedFault.Timeout) && part != FaultyPart.Product)
            Expected(fault, part).ShouldContain(result.Status, what);
        return function.HasFired;
    }

    // What a lasting fault may end in: a method that asks no more than it has may also run to its limit, or diverge.
    private static OptimizationStatus[] Expected(InjectedFault fault, FaultyPart part) => fault switch
    {
        // A step is taken back; what has no step to take back ends.
        InjectedFault.Exception =>
        [
            OptimizationStatus.ObjectiveThrew, OptimizationStatus.LineSearchFailed, OptimizationStatus.RadiusTooSmall,
                OptimizationStatus.Stalled,
            OptimizationStatus.LimitIterations,
        ],
        InjectedFault.Cancellation =>
            [OptimizationStatus.Cancelled, OptimizationStatus.LimitIterations, OptimizationStatus.NonFiniteObjective],
        InjectedFault.Timeout => [OptimizationStatus.LimitTime, OptimizationStatus.LimitIterations, OptimizationStatus.NonFiniteObjective],
        _ =>
        [
            OptimizationStatus.NonFiniteStart, OptimizationStatus.NonFiniteObjective, OptimizationStatus.NonFiniteGradient,
                OptimizationStatus.LineSearchFailed,
            OptimizationStatus.RadiusTooSmall, OptimizationStatus.Stalled, OptimizationStatus.LimitIterations,
            .. part == FaultyPart.Value && fault == InjectedFault.NegativeInfinity ? [OptimizationStatus.Unbounded]
                : Array.Empty<OptimizationStatus>(),
        ],
    };
}
