using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.LeastSquares;

/// <summary>
/// LSMR: min ‖Ax − b‖² + λ²‖x‖² by products with A and Aᵀ, from Golub and Kahan's bidiagonalization (D. C.-L. Fong, M. A. Saunders, SIAM J.
/// Sci. Comput. 33, 2011, sections 2 and 5). In exact arithmetic the norm of the normal equations' residual falls at every step, so
/// that stopping early is safe. Our own: b = 0 and an exhausted Krylov space give what has been reached.
/// </summary>
internal static class Lsmr
{
    // A new vector of the basis this much smaller than the last is rounding: the Krylov space is exhausted.
    private const double Tiny = 1e-15;

    /// <summary>Solves until ‖Aᵀ(b − Ax) − λ²x‖ ≤ η·‖Aᵀb‖.</summary>
    /// <param name="multiply">Av.</param>
    /// <param name="multiplyTransposed">Aᵀu.</param>
    /// <param name="b">The right side, which is not changed.</param>
    /// <param name="lambda">λ ≥ 0.</param>
    /// <param name="eta">η.</param>
    /// <param name="maxSteps">How many steps at most, of one product each with A and Aᵀ.</param>
    /// <param name="x">The solution.</param>
    /// <returns>An estimate of ‖A‖ in the Frobenius norm, from below while the basis is orthogonal; how many steps were taken.</returns>
    public static (double Norm, int Steps) Solve(
        Func<double[], double[]> multiply, Func<double[], double[]> multiplyTransposed, ReadOnlySpan<double> b, double lambda, double eta,
            int maxSteps,
        Span<double> x)
    {
        x.Clear();
        double[] u = b.ToArray();
        double beta = Normalize(u);
        if (beta == 0)
            return (0, 0);
        double[] v = [.. multiplyTransposed(u)];
        double alpha = Normalize(v);
        double[] h = [.. v], hBar = new double[v.Length];
        double alphaBar = alpha, zetaBar = alpha * beta, rho = 1, rhoBar = 1, cBar = 1, sBar = 0;
        double target = eta * Math.Abs(zetaBar), squares = alpha * alpha;
        int step = 0;
        while (step < maxSteps && alpha != 0 && Math.Abs(zetaBar) > target)
        {
            step++;
            beta = Continue(multiply(v), alpha, u);
            double before = alpha;
            if (beta != 0)
                alpha = Continue(multiplyTransposed(u), beta, v);
            else
                alpha = 0;
            squares += beta * beta + alpha * alpha;

            // Rotations that bring the bidiagonal matrix with λ below it to upper bidiagonal form, and that form's transpose again.
            double alphaHat = double.Hypot(alphaBar, lambda), rhoOld = rho, rhoBarOld = rhoBar;
            rho = double.Hypot(alphaHat, beta);
            double c = alphaHat / rho, s = beta / rho, theta = s * alpha, thetaBar = sBar * rho;
            alphaBar = c * alpha;
            rhoBar = double.Hypot(cBar * rho, theta);
            (cBar, sBar) = (cBar * rho / rhoBar, theta / rhoBar);
            double zeta = cBar * zetaBar;
            zetaBar = -sBar * zetaBar;

            Vectors.Move(h, -thetaBar * rho / (rhoOld * rhoBarOld), hBar, hBar);
            Vectors.AddScaled(zeta / (rho * rhoBar), hBar, x);
            Vectors.Move(v, -theta / rho, h, h);
            if (alpha <= Tiny * before)
                break;
        }
        return (Math.Sqrt(squares), step);
    }

    // u ← (product − α·u)/β with β its norm.
    private static double Continue(double[] product, double alpha, double[] u)
    {
        Vectors.Move(product, -alpha, u, u);
        return Normalize(u);
    }

    private static double Normalize(double[] u)
    {
        double norm = Vectors.Norm(u);
        if (norm > 0)
            Vectors.Scale(1 / norm, u, u);
        return norm;
    }
}
