namespace AutoDiff.Problems;

/// <summary>
/// The mean softmax cross-entropy of a network with one hidden layer: a = tanh(W₁x + b₁), z = W₂a + b₂, loss = logsumexp(z) − z_label.
/// </summary>
/// <remarks>
/// Backpropagation with p = softmax(z) and B rows: z̄ = (p − e_label)/B, W̄₂ = Σ z̄aᵀ, b̄₂ = Σ z̄, s̄ = (1 − a²)∘W₂ᵀz̄,
/// W̄₁ = Σ s̄xᵀ, b̄₁ = Σ s̄.
/// The Hessian product differentiates each of these lines (Pearlmutter, <i>Fast exact multiplication by the Hessian</i>, 1994).
/// </remarks>
public static class Network
{
    /// <summary>The mean loss at x.</summary>
    public static double Value(NetworkData data, ReadOnlySpan<double> x)
    {
        Require.Length(x, data.ParameterCount);
        using var hidden = new Scratch<double>(data.BatchSize * data.HiddenCount);
        using var logits = new Scratch<double>(data.ClassCount);
        Activate(data, x, hidden.Span);
        double sum = 0;
        for (int r = 0; r < data.BatchSize; r++)
        {
            Logits(data, x, hidden.Span.Slice(r * data.HiddenCount, data.HiddenCount), logits.Span);
            sum += Loops.LogSumExp(logits.Span) - logits.Span[data.Labels[r]];
        }
        return sum / data.BatchSize;
    }

    /// <summary>Writes the gradient at x and returns the mean loss.</summary>
    public static double ValueAndGradient(NetworkData data, ReadOnlySpan<double> x, Span<double> gradient)
    {
        Require.Length(x, data.ParameterCount);
        Require.Length(gradient, data.ParameterCount);
        int h = data.HiddenCount;
        double scale = 1.0 / data.BatchSize, sum = 0;
        using var hidden = new Scratch<double>(data.BatchSize * h);
        using var hiddenBars = new Scratch<double>(data.BatchSize * h);
        using var logits = new Scratch<double>(data.ClassCount);
        Activate(data, x, hidden.Span);
        gradient.Clear();
        for (int r = 0; r < data.BatchSize; r++)
        {
            ReadOnlySpan<double> a = hidden.Span.Slice(r * h, h);
            Span<double> sBar = hiddenBars.Span.Slice(r * h, h), z = logits.Span;
            int label = data.Labels[r];
            Logits(data, x, a, z);
            sum -= z[label];
            sum += Loops.Softmax(z);
            z[label] -= 1;
            sBar.Clear();
            for (int c = 0; c < z.Length; c++)
            {
                double zBar = scale * z[c];
                int row = data.OutputWeightOffset + c * h;
                gradient[data.OutputBiasOffset + c] += zBar;
                Loops.Axpy(zBar, a, gradient.Slice(row, h));
                Loops.Axpy(zBar, x.Slice(row, h), sBar);
            }
            for (int j = 0; j < h; j++) sBar[j] *= 1 - a[j] * a[j];
        }
        AccumulateFirstLayer(data, hiddenBars.Span, gradient);
        return sum / data.BatchSize;
    }

    /// <summary>Writes the Hessian at x times v.</summary>
    public static void Hvp(NetworkData data, ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> hv)
    {
        Require.Length(x, data.ParameterCount);
        Require.Length(v, data.ParameterCount);
        Require.Length(hv, data.ParameterCount);
        int h = data.HiddenCount;
        double scale = 1.0 / data.BatchSize;
        using var hidden = new Scratch<double>(data.BatchSize * h);
        using var hiddenDots = new Scratch<double>(data.BatchSize * h);
        using var hiddenBarDots = new Scratch<double>(data.BatchSize * h);
        using var hiddenBar = new Scratch<double>(h);
        using var logits = new Scratch<double>(data.ClassCount);
        using var logitDots = new Scratch<double>(data.ClassCount);
        Activate(data, x, hidden.Span);
        FirstLayer(data, v, hiddenDots.Span);
        hv.Clear();
        for (int r = 0; r < data.BatchSize; r++)
        {
            ReadOnlySpan<double> a = hidden.Span.Slice(r * h, h);
            Span<double> aDot = hiddenDots.Span.Slice(r * h, h);
            Span<double> aBar = hiddenBar.Span, sBarDot = hiddenBarDots.Span.Slice(r * h, h);
            Span<double> z = logits.Span, zDot = logitDots.Span;
            for (int j = 0; j < h; j++) aDot[j] *= 1 - a[j] * a[j];
            Logits(data, x, a, z);
            Logits(data, v, a, zDot);
            for (int c = 0; c < z.Length; c++) zDot[c] += Loops.Dot(x.Slice(data.OutputWeightOffset + c * h, h), aDot);
            Loops.Softmax(z);
            Loops.SoftmaxTangent(z, zDot);
            z[data.Labels[r]] -= 1;
            aBar.Clear();
            sBarDot.Clear();
            for (int c = 0; c < z.Length; c++)
            {
                double zBar = scale * z[c], zBarDot = scale * zDot[c];
                int row = data.OutputWeightOffset + c * h;
                hv[data.OutputBiasOffset + c] += zBarDot;
                Loops.Axpy(zBarDot, a, hv.Slice(row, h));
                Loops.Axpy(zBar, aDot, hv.Slice(row, h));
                Loops.Axpy(zBar, x.Slice(row, h), aBar);
                Loops.Axpy(zBar, v.Slice(row, h), sBarDot);
                Loops.Axpy(zBarDot, x.Slice(row, h), sBarDot);
            }
            for (int j = 0; j < h; j++) sBarDot[j] = (1 - a[j] * a[j]) * sBarDot[j] - 2 * a[j] * aDot[j] * aBar[j];
        }
        AccumulateFirstLayer(data, hiddenBarDots.Span, hv);
    }

    /// <summary>a = tanh(W₁x + b₁) for every row.</summary>
    private static void Activate(NetworkData data, ReadOnlySpan<double> parameters, Span<double> hidden)
    {
        FirstLayer(data, parameters, hidden);
        for (int i = 0; i < hidden.Length; i++) hidden[i] = Math.Tanh(hidden[i]);
    }

    /// <summary>W₁x + b₁ for every row; a row of W₁ stays in the cache while all inputs pass.</summary>
    private static void FirstLayer(NetworkData data, ReadOnlySpan<double> parameters, Span<double> sums)
    {
        int d = data.InputCount, h = data.HiddenCount;
        for (int j = 0; j < h; j++)
        {
            ReadOnlySpan<double> weights = parameters.Slice(j * d, d);
            double bias = parameters[data.HiddenBiasOffset + j];
            for (int r = 0; r < data.BatchSize; r++) sums[r * h + j] = Loops.Dot(weights, data.Row(r)) + bias;
        }
    }

    /// <summary>W₂a + b₂ for one row.</summary>
    private static void Logits(NetworkData data, ReadOnlySpan<double> parameters, ReadOnlySpan<double> a, Span<double> z)
    {
        for (int c = 0; c < z.Length; c++)
            z[c] = Loops.Dot(parameters.Slice(data.OutputWeightOffset + c * a.Length, a.Length), a) + parameters[data.OutputBiasOffset + c];
    }

    /// <summary>W̄₁ += Σ s̄xᵀ, b̄₁ += Σ s̄.</summary>
    private static void AccumulateFirstLayer(NetworkData data, ReadOnlySpan<double> sBars, Span<double> gradient)
    {
        int d = data.InputCount, h = data.HiddenCount;
        for (int j = 0; j < h; j++)
        {
            Span<double> weightsBar = gradient.Slice(j * d, d);
            double biasBar = 0;
            for (int r = 0; r < data.BatchSize; r++)
            {
                double sBar = sBars[r * h + j];
                biasBar += sBar;
                Loops.Axpy(sBar, data.Row(r), weightsBar);
            }
            gradient[data.HiddenBiasOffset + j] += biasBar;
        }
    }
}
