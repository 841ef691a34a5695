namespace AutoDiff.Problems;

/// <summary>The vector loops that several problems share, in scalar arithmetic.</summary>
internal static class Loops
{
    /// <summary>aᵀb with four running sums, so that an addition need not wait for the one before it.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.Length; i++) s0 += a[i] * b[i];
        return s0 + s1 + (s2 + s3);
    }

    /// <summary>y += αx.</summary>
    public static void Axpy(double alpha, ReadOnlySpan<double> x, Span<double> y)
    {
        y = y[..x.Length];
        for (int i = 0; i < x.Length; i++) y[i] += alpha * x[i];
    }

    /// <summary>log Σ exp(t), shifted by the largest term.</summary>
    public static double LogSumExp(ReadOnlySpan<double> terms)
    {
        double max = double.NegativeInfinity;
        foreach (double t in terms) max = Math.Max(max, t);
        double sum = 0;
        foreach (double t in terms) sum += Math.Exp(t - max);
        return max + Math.Log(sum);
    }

    /// <summary>Replaces the terms by their softmax and returns their <see cref="LogSumExp"/>.</summary>
    public static double Softmax(Span<double> terms)
    {
        double max = double.NegativeInfinity;
        foreach (double t in terms) max = Math.Max(max, t);
        double sum = 0;
        for (int i = 0; i < terms.Length; i++) sum += terms[i] = Math.Exp(terms[i] - max);
        double scale = 1 / sum;
        for (int i = 0; i < terms.Length; i++) terms[i] *= scale;
        return max + Math.Log(sum);
    }

    /// <summary>The softmax's tangent in place: ṫ becomes ṗ = p∘(ṫ − pᵀṫ).</summary>
    public static void SoftmaxTangent(ReadOnlySpan<double> p, Span<double> tDot)
    {
        double mean = Dot(p, tDot);
        for (int i = 0; i < p.Length; i++) tDot[i] = p[i] * (tDot[i] - mean);
    }
}
