namespace AutoDiff.Tests.Optim.LineSearches;

/// <summary>The six test functions of Moré and Thuente (1994), section 5, of one variable from 0, with the μ and η of their
/// tables.</summary>
internal static class MoreThuenteFunctions
{
    public static (Objective Phi, double Mu, double Eta) Get(int number) => number switch
    {
        1 => (Objective.Of(x => -x[0] / (x[0] * x[0] + 2)), 0.001, 0.1),
        2 => (Objective.Of(x => Power(x[0] + 0.004, 5) - 2 * Power(x[0] + 0.004, 4)), 0.1, 0.1),
        3 => (Objective.Of(x => Oscillating(x[0])), 0.1, 0.1),
        4 => (Yanai(0.001, 0.001), 0.001, 0.001),
        5 => (Yanai(0.01, 0.001), 0.001, 0.001),
        6 => (Yanai(0.001, 0.01), 0.001, 0.001),
        _ => throw new ArgumentOutOfRangeException(nameof(number)),
    };

    // The third, β = 0.01, l = 39.
    private static Var Oscillating(Var a)
    {
        const double beta = 0.01, l = 39;
        Var phi0 = a <= 1 - beta ? 1 - a : a >= 1 + beta ? a - 1 : (a - 1) * (a - 1) / (2 * beta) + beta / 2;
        return phi0 + 2 * (1 - beta) / (l * Math.PI) * Math.Sin(l * Math.PI / 2 * a);
    }

    // The last three, after Yanai, Ozawa and Kaneko.
    private static Objective Yanai(double beta1, double beta2) => Objective.Of(x =>
        Gamma(beta1) * Math.Sqrt((1 - x[0]) * (1 - x[0]) + beta2 * beta2) + Gamma(beta2) * Math.Sqrt(x[0] * x[0] + beta1 * beta1));

    private static double Gamma(double beta) => Math.Sqrt(1 + beta * beta) - beta;

    private static Var Power(Var x, int n)
    {
        Var power = x;
        for (int i = 1; i < n; i++)
            power *= x;
        return power;
    }
}
