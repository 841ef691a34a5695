namespace AutoDiff.Problems;

/// <summary>
/// The energy of N atoms in reduced units, E = Σ_{i&lt;j} φ(ρ) with ρ = ‖xᵢ − xⱼ‖² and φ(ρ) = 4(ρ⁻⁶ − ρ⁻³) = 4(r⁻¹² − r⁻⁶);
/// coordinates x₀ y₀ z₀ x₁ …. With u = 1/ρ and s = u³: φ = 4s(s − 1), φ′ = 12us(1 − 2s), φ″ = 24u²s(7s − 2).
/// For d = xᵢ − xⱼ, atom i receives the gradient 2φ′d and the Hessian product 2φ″ρ̇d + 2φ′ḋ with ρ̇ = 2dᵀḋ, atom j their negatives.
/// </summary>
public static class LennardJones
{
    /// <summary>
    /// A cubic lattice with the pair's equilibrium distance 2^(1/6), every coordinate moved by up to ±<paramref name="perturbation"/>.
    /// </summary>
    public static double[] Lattice(int atoms, double perturbation = 0.05, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atoms, 2);
        int side = 1;
        while (side * side * side < atoms) side++;
        double spacing = Math.Cbrt(Math.Sqrt(2));
        var random = new SplitMix64(seed);
        double[] x = new double[3 * atoms];
        for (int i = 0; i < atoms; i++)
        {
            x[3 * i] = spacing * (i % side) + perturbation * random.NextSigned();
            x[3 * i + 1] = spacing * (i / side % side) + perturbation * random.NextSigned();
            x[3 * i + 2] = spacing * (i / (side * side)) + perturbation * random.NextSigned();
        }
        return x;
    }

    /// <summary>E(x).</summary>
    public static double Value(ReadOnlySpan<double> x)
    {
        RequireTriples(x);
        double sum = 0;
        for (int i = 0; i < x.Length; i += 3)
        {
            double xi = x[i], yi = x[i + 1], zi = x[i + 2];
            for (int j = 0; j < i; j += 3)
            {
                double dx = xi - x[j], dy = yi - x[j + 1], dz = zi - x[j + 2];
                double u = 1 / (dx * dx + dy * dy + dz * dz);
                double s = u * u * u;
                sum += s * (s - 1);
            }
        }
        return 4 * sum;
    }

    /// <summary>Writes ∇E(x) and returns E(x).</summary>
    public static double ValueAndGradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        RequireTriples(x);
        Require.Length(gradient, x.Length);
        gradient.Clear();
        double sum = 0;
        for (int i = 0; i < x.Length; i += 3)
        {
            double xi = x[i], yi = x[i + 1], zi = x[i + 2];
            double gx = 0, gy = 0, gz = 0;
            for (int j = 0; j < i; j += 3)
            {
                double dx = xi - x[j], dy = yi - x[j + 1], dz = zi - x[j + 2];
                double u = 1 / (dx * dx + dy * dy + dz * dz);
                double s = u * u * u;
                sum += s * (s - 1);
                double slope = 24 * u * s * (1 - 2 * s);
                gx += slope * dx;
                gy += slope * dy;
                gz += slope * dz;
                gradient[j] -= slope * dx;
                gradient[j + 1] -= slope * dy;
                gradient[j + 2] -= slope * dz;
            }
            gradient[i] += gx;
            gradient[i + 1] += gy;
            gradient[i + 2] += gz;
        }
        return 4 * sum;
    }

    /// <summary>Writes ∇²E(x)v.</summary>
    public static void Hvp(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> hv)
    {
        RequireTriples(x);
        Require.Length(v, x.Length);
        Require.Length(hv, x.Length);
        hv.Clear();
        for (int i = 0; i < x.Length; i += 3)
        {
            for (int j = 0; j < i; j += 3)
            {
                double dx = x[i] - x[j], dy = x[i + 1] - x[j + 1], dz = x[i + 2] - x[j + 2];
                double vx = v[i] - v[j], vy = v[i + 1] - v[j + 1], vz = v[i + 2] - v[j + 2];
                double u = 1 / (dx * dx + dy * dy + dz * dz);
                double s = u * u * u;
                double slope = 24 * u * s * (1 - 2 * s);
                double slopeDot = 96 * u * u * s * (7 * s - 2) * (dx * vx + dy * vy + dz * vz);
                double hx = slopeDot * dx + slope * vx;
                double hy = slopeDot * dy + slope * vy;
                double hz = slopeDot * dz + slope * vz;
                hv[i] += hx;
                hv[i + 1] += hy;
                hv[i + 2] += hz;
                hv[j] -= hx;
                hv[j + 1] -= hy;
                hv[j + 2] -= hz;
            }
        }
    }

    private static void RequireTriples(ReadOnlySpan<double> x)
    {
        if (x.Length % 3 != 0) throw new ArgumentException($"x has {x.Length} elements; three coordinates an atom are needed.", nameof(x));
    }
}
