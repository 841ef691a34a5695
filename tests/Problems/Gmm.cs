namespace AutoDiff.Problems;

/// <summary>
/// The log posterior of a Gaussian mixture with a Wishart prior, ADBench's GMM:
/// L = const + Σᵢ logsumexpₖ(tᵢₖ) − N logsumexp(α) + Σₖ ½γ²(‖e^{qₖ}‖² + ‖lₖ‖²) − m Σ_d q_kd,
/// tᵢₖ = αₖ + Σ_d q_kd − ½‖rᵢₖ‖², r = Qₖc, c = xᵢ − μₖ.
/// </summary>
/// <remarks>
/// With p = softmaxₖ(t) and w = p r, a point adds p to ᾱ, Qᵀw to μ̄, p − w∘e^q∘c to q̄ and −wcᵀ below the diagonal to l̄.
/// The tangents follow by the product rule: ṙ = Q̇c + Qċ, ċ = −μ̇, ṫ = α̇ + Σq̇ − rᵀṙ, ṗ = p(ṫ − pᵀṫ), ẇ = ṗr + pṙ.
/// </remarks>
public static class Gmm
{
    /// <summary>L(x).</summary>
    public static double Value(GmmData data, ReadOnlySpan<double> x)
    {
        Require.Length(x, data.ParameterCount);
        int d = data.Dimension, components = data.ComponentCount;
        using var diagonals = new Scratch<double>(components * d);
        using var offsets = new Scratch<double>(components);
        using var terms = new Scratch<double>(components);
        using var vectors = new Scratch<double>(2 * d);
        Span<double> c = vectors.Span[..d], r = vectors.Span[d..];

        Prepare(data, x, diagonals.Span, offsets.Span);
        double sum = data.Constant + Prior(data, x, diagonals.Span);
        for (int i = 0; i < data.PointCount; i++)
        {
            for (int k = 0; k < components; k++)
            {
                Subtract(data.Point(i), x.Slice(data.MeanOffset(k), d), c);
                Multiply(diagonals.Span.Slice(k * d, d), x.Slice(data.LowerOffset(k), data.LowerCount), c, r);
                terms.Span[k] = offsets.Span[k] - 0.5 * SquaredNorm(r);
            }
            sum += Loops.LogSumExp(terms.Span);
        }
        return sum;
    }

    /// <summary>Writes ∇L(x) and returns L(x).</summary>
    public static double ValueAndGradient(GmmData data, ReadOnlySpan<double> x, Span<double> gradient)
    {
        Require.Length(x, data.ParameterCount);
        Require.Length(gradient, data.ParameterCount);
        int d = data.Dimension, components = data.ComponentCount;
        using var diagonals = new Scratch<double>(components * d);
        using var offsets = new Scratch<double>(components);
        using var terms = new Scratch<double>(components);
        using var centred = new Scratch<double>(components * d);
        using var residuals = new Scratch<double>(components * d);

        Prepare(data, x, diagonals.Span, offsets.Span);
        double sum = data.Constant + Prior(data, x, diagonals.Span);
        PriorGradient(data, x, diagonals.Span, gradient);
        Span<double> p = terms.Span;
        for (int i = 0; i < data.PointCount; i++)
        {
            for (int k = 0; k < components; k++)
            {
                Span<double> c = centred.Span.Slice(k * d, d), r = residuals.Span.Slice(k * d, d);
                Subtract(data.Point(i), x.Slice(data.MeanOffset(k), d), c);
                Multiply(diagonals.Span.Slice(k * d, d), x.Slice(data.LowerOffset(k), data.LowerCount), c, r);
                p[k] = offsets.Span[k] - 0.5 * SquaredNorm(r);
            }
            sum += Loops.Softmax(p);
            for (int k = 0; k < components; k++)
            {
                ReadOnlySpan<double> c = centred.Span.Slice(k * d, d), diagonal = diagonals.Span.Slice(k * d, d);
                ReadOnlySpan<double> lower = x.Slice(data.LowerOffset(k), data.LowerCount);
                Span<double> w = residuals.Span.Slice(k * d, d);
                Span<double> meanBar = gradient.Slice(data.MeanOffset(k), d);
                Span<double> qBar = gradient.Slice(data.LogDiagonalOffset(k), d);
                Span<double> lowerBar = gradient.Slice(data.LowerOffset(k), data.LowerCount);

                gradient[k] += p[k];
                for (int a = 0; a < w.Length; a++)
                {
                    w[a] *= p[k];
                    qBar[a] += p[k] - w[a] * diagonal[a] * c[a];
                }
                AddMultiplyTransposed(diagonal, lower, w, meanBar);
                SubtractOuterBelowDiagonal(w, c, lowerBar);
            }
        }
        return sum;
    }

    /// <summary>Writes ∇²L(x)v.</summary>
    public static void Hvp(GmmData data, ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> hv)
    {
        Require.Length(x, data.ParameterCount);
        Require.Length(v, data.ParameterCount);
        Require.Length(hv, data.ParameterCount);
        int d = data.Dimension, components = data.ComponentCount;
        using var diagonals = new Scratch<double>(components * d);
        using var diagonalTangents = new Scratch<double>(components * d);
        using var offsets = new Scratch<double>(components);
        using var offsetTangents = new Scratch<double>(components);
        using var terms = new Scratch<double>(components);
        using var termTangents = new Scratch<double>(components);
        using var centred = new Scratch<double>(components * d);
        using var residuals = new Scratch<double>(components * d);
        using var residualTangents = new Scratch<double>(components * d);

        Prepare(data, x, diagonals.Span, offsets.Span);
        PrepareTangent(data, v, diagonals.Span, diagonalTangents.Span, offsetTangents.Span);
        PriorHvp(data, x, v, diagonals.Span, hv);
        Span<double> p = terms.Span, pDot = termTangents.Span;
        for (int i = 0; i < data.PointCount; i++)
        {
            for (int k = 0; k < components; k++)
            {
                ReadOnlySpan<double> diagonal = diagonals.Span.Slice(k * d, d), diagonalDot = diagonalTangents.Span.Slice(k * d, d);
                ReadOnlySpan<double> meanDot = v.Slice(data.MeanOffset(k), d);
                Span<double> c = centred.Span.Slice(k * d, d);
                Span<double> r = residuals.Span.Slice(k * d, d), rDot = residualTangents.Span.Slice(k * d, d);
                Subtract(data.Point(i), x.Slice(data.MeanOffset(k), d), c);
                Multiply(diagonal, x.Slice(data.LowerOffset(k), data.LowerCount), c, r);
                MultiplyTangent(
                    diagonal, x.Slice(data.LowerOffset(k), data.LowerCount), diagonalDot,
                    v.Slice(data.LowerOffset(k), data.LowerCount), c, meanDot, rDot);
                p[k] = offsets.Span[k] - 0.5 * SquaredNorm(r);
                pDot[k] = offsetTangents.Span[k] - Loops.Dot(r, rDot);
            }
            Loops.Softmax(p);
            Loops.SoftmaxTangent(p, pDot);
            for (int k = 0; k < components; k++)
            {
                ReadOnlySpan<double> diagonal = diagonals.Span.Slice(k * d, d), diagonalDot = diagonalTangents.Span.Slice(k * d, d);
                ReadOnlySpan<double> c = centred.Span.Slice(k * d, d), meanDot = v.Slice(data.MeanOffset(k), d);
                Span<double> w = residuals.Span.Slice(k * d, d), wDot = residualTangents.Span.Slice(k * d, d);
                Span<double> meanBarDot = hv.Slice(data.MeanOffset(k), d);
                Span<double> qBarDot = hv.Slice(data.LogDiagonalOffset(k), d);
                Span<double> lowerBarDot = hv.Slice(data.LowerOffset(k), data.LowerCount);

                hv[k] += pDot[k];
                for (int a = 0; a < w.Length; a++)
                {
                    wDot[a] = pDot[k] * w[a] + p[k] * wDot[a];
                    w[a] *= p[k];
                    qBarDot[a] += pDot[k] - wDot[a] * diagonal[a] * c[a] - w[a] * (diagonalDot[a] * c[a] - diagonal[a] * meanDot[a]);
                }
                AddMultiplyTransposed(diagonal, x.Slice(data.LowerOffset(k), data.LowerCount), wDot, meanBarDot);
                AddMultiplyTransposed(diagonalDot, v.Slice(data.LowerOffset(k), data.LowerCount), w, meanBarDot);
                SubtractOuterBelowDiagonalTangent(w, wDot, c, meanDot, lowerBarDot);
            }
        }
    }

    /// <summary>e^q of every component, and αₖ + Σ_d q_kd.</summary>
    private static void Prepare(GmmData data, ReadOnlySpan<double> x, Span<double> diagonals, Span<double> offsets)
    {
        int d = data.Dimension;
        for (int k = 0; k < offsets.Length; k++)
        {
            ReadOnlySpan<double> q = x.Slice(data.LogDiagonalOffset(k), d);
            double sum = x[k];
            for (int a = 0; a < d; a++)
            {
                sum += q[a];
                diagonals[k * d + a] = Math.Exp(q[a]);
            }
            offsets[k] = sum;
        }
    }

    /// <summary>The tangents of <see cref="Prepare"/>: e^q∘q̇, and α̇ₖ + Σ_d q̇_kd.</summary>
    private static void PrepareTangent(
        GmmData data, ReadOnlySpan<double> v, ReadOnlySpan<double> diagonals, Span<double> diagonalTangents, Span<double> offsetTangents)
    {
        int d = data.Dimension;
        for (int k = 0; k < offsetTangents.Length; k++)
        {
            ReadOnlySpan<double> qDot = v.Slice(data.LogDiagonalOffset(k), d);
            double sum = v[k];
            for (int a = 0; a < d; a++)
            {
                sum += qDot[a];
                diagonalTangents[k * d + a] = diagonals[k * d + a] * qDot[a];
            }
            offsetTangents[k] = sum;
        }
    }

    /// <summary>Σₖ ½γ²(‖e^{qₖ}‖² + ‖lₖ‖²) − m Σ_d q_kd, less N logsumexp(α).</summary>
    private static double Prior(GmmData data, ReadOnlySpan<double> x, ReadOnlySpan<double> diagonals)
    {
        double squares = SquaredNorm(diagonals), logDeterminants = 0;
        for (int k = 0; k < data.ComponentCount; k++)
        {
            squares += SquaredNorm(x.Slice(data.LowerOffset(k), data.LowerCount));
            foreach (double q in x.Slice(data.LogDiagonalOffset(k), data.Dimension)) logDeterminants += q;
        }
        return 0.5 * data.Gamma * data.Gamma * squares - data.ExtraFreedom * logDeterminants
            - data.PointCount * Loops.LogSumExp(x[..data.ComponentCount]);
    }

    /// <summary>Writes the gradient of <see cref="Prior"/>: −N softmax(α); 0; γ²e^{2q} − m; γ²l.</summary>
    private static void PriorGradient(GmmData data, ReadOnlySpan<double> x, ReadOnlySpan<double> diagonals, Span<double> gradient)
    {
        int d = data.Dimension, components = data.ComponentCount;
        double gamma2 = data.Gamma * data.Gamma;
        gradient.Clear();
        Span<double> alphaBar = gradient[..components];
        x[..components].CopyTo(alphaBar);
        Loops.Softmax(alphaBar);
        for (int k = 0; k < components; k++)
        {
            alphaBar[k] *= -data.PointCount;
            ReadOnlySpan<double> diagonal = diagonals.Slice(k * d, d);
            Span<double> qBar = gradient.Slice(data.LogDiagonalOffset(k), d);
            for (int a = 0; a < d; a++) qBar[a] = gamma2 * diagonal[a] * diagonal[a] - data.ExtraFreedom;
            Loops.Axpy(gamma2, x.Slice(data.LowerOffset(k), data.LowerCount), gradient.Slice(data.LowerOffset(k), data.LowerCount));
        }
    }

    /// <summary>Writes the Hessian of <see cref="Prior"/> times v: −N softmax′(α)α̇; 0; 2γ²e^{2q}∘q̇; γ²l̇.</summary>
    private static void PriorHvp(
        GmmData data, ReadOnlySpan<double> x, ReadOnlySpan<double> v, ReadOnlySpan<double> diagonals, Span<double> hv)
    {
        int d = data.Dimension, components = data.ComponentCount;
        double gamma2 = data.Gamma * data.Gamma;
        hv.Clear();
        using var softmax = new Scratch<double>(components);
        x[..components].CopyTo(softmax.Span);
        Loops.Softmax(softmax.Span);
        Span<double> alphaBarDot = hv[..components];
        v[..components].CopyTo(alphaBarDot);
        Loops.SoftmaxTangent(softmax.Span, alphaBarDot);
        for (int k = 0; k < components; k++)
        {
            alphaBarDot[k] *= -data.PointCount;
            ReadOnlySpan<double> diagonal = diagonals.Slice(k * d, d), qDot = v.Slice(data.LogDiagonalOffset(k), d);
            Span<double> qBarDot = hv.Slice(data.LogDiagonalOffset(k), d);
            for (int a = 0; a < d; a++) qBarDot[a] = 2 * gamma2 * diagonal[a] * diagonal[a] * qDot[a];
            Loops.Axpy(gamma2, v.Slice(data.LowerOffset(k), data.LowerCount), hv.Slice(data.LowerOffset(k), data.LowerCount));
        }
    }

    private static void Subtract(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> difference)
    {
        a = a[..difference.Length];
        b = b[..difference.Length];
        for (int i = 0; i < difference.Length; i++) difference[i] = a[i] - b[i];
    }

    private static double SquaredNorm(ReadOnlySpan<double> a)
    {
        double sum = 0;
        foreach (double e in a) sum += e * e;
        return sum;
    }

    /// <summary>r = Qc.</summary>
    private static void Multiply(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> lower, ReadOnlySpan<double> c, Span<double> r)
    {
        diagonal = diagonal[..r.Length];
        c = c[..r.Length];
        // Row by row: sums in a register take two thirds of the time of columns added to r.
        for (int b = 0; b < r.Length; b++)
        {
            double sum = diagonal[b] * c[b];
            for (int a = 0, e = b - 1; a < b; e += r.Length - a++ - 2) sum += lower[e] * c[a];
            r[b] = sum;
        }
    }

    /// <summary>ṙ = Q̇c + Qċ with ċ = −μ̇.</summary>
    private static void MultiplyTangent(
        ReadOnlySpan<double> diagonal, ReadOnlySpan<double> lower, ReadOnlySpan<double> diagonalDot, ReadOnlySpan<double> lowerDot,
        ReadOnlySpan<double> c, ReadOnlySpan<double> meanDot, Span<double> rDot)
    {
        for (int a = 0; a < rDot.Length; a++) rDot[a] = diagonalDot[a] * c[a] - diagonal[a] * meanDot[a];
        int e = 0;
        for (int a = 0; a < rDot.Length; a++)
        {
            for (int b = a + 1; b < rDot.Length; b++, e++) rDot[b] += lowerDot[e] * c[a] - lower[e] * meanDot[a];
        }
    }

    /// <summary>y += Qᵀw.</summary>
    private static void AddMultiplyTransposed(
        ReadOnlySpan<double> diagonal, ReadOnlySpan<double> lower, ReadOnlySpan<double> w, Span<double> y)
    {
        diagonal = diagonal[..y.Length];
        w = w[..y.Length];
        int e = 0;
        for (int a = 0; a < y.Length; a++)
        {
            double sum = diagonal[a] * w[a];
            for (int b = a + 1; b < w.Length; b++) sum += lower[e++] * w[b];
            y[a] += sum;
        }
    }

    /// <summary>lower −= wcᵀ below the diagonal.</summary>
    private static void SubtractOuterBelowDiagonal(ReadOnlySpan<double> w, ReadOnlySpan<double> c, Span<double> lower)
    {
        int e = 0;
        for (int a = 0; a < c.Length; a++)
        {
            for (int b = a + 1; b < w.Length; b++) lower[e++] -= w[b] * c[a];
        }
    }

    /// <summary>lower −= ẇcᵀ + wċᵀ below the diagonal with ċ = −μ̇.</summary>
    private static void SubtractOuterBelowDiagonalTangent(
        ReadOnlySpan<double> w, ReadOnlySpan<double> wDot, ReadOnlySpan<double> c, ReadOnlySpan<double> meanDot, Span<double> lower)
    {
        int e = 0;
        for (int a = 0; a < c.Length; a++)
        {
            for (int b = a + 1; b < w.Length; b++) lower[e++] -= wDot[b] * c[a] - w[b] * meanDot[a];
        }
    }
}
