namespace AutoDiff.Samples.Greeks;

/// <summary>
/// Conditional Monte Carlo for a call on B(z) = Σₖ Fₖ exp(βₖz − βₖ²/2), which increases in the standard normal z: given the other normals,
/// the expectation by z is a closed formula,
/// <code>E[(B(z) − K)⁺] = Σₖ Fₖ N(βₖ − z*) − K N(−z*)   with B(z*) = K.</code>
/// The kink of the payoff has been integrated away; what remains is smooth in all parameters, unbiased, and varies less from path to path
/// (P. Glasserman, Monte Carlo Methods in Financial Engineering, 2004, sections 4.5 and 7.2; for baskets C. Bayer, M. Siebenmorgen,
/// R. Tempone, Smoothing the payoff for efficient computation of basket option prices, Quantitative Finance 18, 2018).
/// </summary>
internal static class ConditionalCall
{
    private const int MostSteps = 100;

    // N(±40) is 0 or 1 to the last bit of a double, so that it does not matter where beyond it a root lies.
    private const double Far = 40;

    /// <summary>The mean of the conditional expectations.</summary>
    /// <param name="forwards">Fₖ, one path a row; its sign is that of βₖ.</param>
    /// <param name="beta">βₖ.</param>
    /// <param name="strike">K.</param>
    public static Var Mean(VarMatrix forwards, VarVector beta, double strike)
    {
        VarVector root = Root(forwards, beta, strike);
        return ((forwards * Math.NormalCdf(beta - root.AsColumn())).SumColumns() - strike * Math.NormalCdf(-root)).Mean();
    }

    // Newton's method in numbers, then one more step in variables. At a root that step changes no digit of z*, but it carries
    // dz*/dx = −(∂B/∂x)/(∂B/∂z) exactly. Its second derivative by x is not that of z*. It need not be: the expectation's derivative
    // by z* is φ(z*)(K − B(z*)) = 0, and in the second derivative by x that is the factor of d²z*/dx².
    private static VarVector Root(VarMatrix forwards, VarVector beta, double strike)
    {
        VarVector z = Roots(forwards.ToValues(), beta.ToValues(), strike);
        VarMatrix terms = forwards * Math.Exp(z.AsColumn() * beta - 0.5 * Math.Square(beta));
        return z - (terms.SumColumns() - strike) / terms.MatMul(beta);
    }

    private static double[] Roots(double[,] forwards, double[] beta, double strike)
    {
        double[] roots = new double[forwards.GetLength(0)];
        for (int path = 0; path < roots.Length; path++)
            roots[path] = Root(forwards, path, beta, strike);
        return roots;
    }

    // On ln(terms above zero) = ln(K + terms below zero): if no term is below zero the left side is convex in z, and Newton's method
    // converges from anywhere; if there is one of either and K = 0 (an exchange), both sides are linear.
    private static double Root(double[,] forwards, int path, double[] beta, double strike)
    {
        double z = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            double above = 0, aboveSlope = 0, below = strike, belowSlope = 0;
            for (int k = 0; k < beta.Length; k++)
            {
                double term = forwards[path, k] * Math.Exp(beta[k] * (z - 0.5 * beta[k]));
                if (term > 0)
                {
                    above += term;
                    aboveSlope += beta[k] * term;
                }
                else
                {
                    below -= term;
                    belowSlope -= beta[k] * term;
                }
            }
            double next = Math.Clamp(z - Math.Log(above / below) / (aboveSlope / above - belowSlope / below), -Far, Far);
            if (Math.Abs(next - z) < 1e-9)
                return next;
            z = next;
        }
        throw new ArithmeticException(
            $"Path {path}: no root of B(z) = {strike} after {MostSteps} of Newton's steps; the last was at z = {z}.");
    }
}
