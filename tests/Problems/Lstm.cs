namespace AutoDiff.Problems;

/// <summary>
/// The next-character loss of an elementwise LSTM, ADBench's LSTM. Cell: f = σ(in·w_f + b_f), i = σ(h·w_i + b_i),
/// o = σ(in·w_o + b_o), g = tanh(h·w_g + b_g), c ← cf + ig, h ← o tanh(c); the first layer's input is x∘w_in, the prediction
/// y = h∘w_out + b_out. Loss: the mean over steps and bits of x_{t+1}∘(ln(2 + Σe^y) − y).
/// </summary>
public static class Lstm
{
    /// <summary>The loss at x.</summary>
    public static double Value(LstmData data, ReadOnlySpan<double> x)
    {
        Require.Length(x, data.ParameterCount);
        using var output = new Scratch<double>(data.Width);
        return Sweep(data, x, [], output.Span);
    }

    /// <summary>Writes the gradient at x, by backpropagation through time, and returns the loss.</summary>
    public static double ValueAndGradient(LstmData data, ReadOnlySpan<double> x, Span<double> gradient)
    {
        Require.Length(x, data.ParameterCount);
        Require.Length(gradient, data.ParameterCount);
        int b = data.Width, layers = data.LayerCount, steps = data.StepCount - 1;
        using var cellBuffer = new Scratch<Cell>(steps * b * layers);
        using var outputBuffer = new Scratch<double>(steps * b);
        double loss = Sweep(data, x, cellBuffer.Span, outputBuffer.Span);

        gradient.Clear();
        using var adjointBuffer = new Scratch<double>(data.InitialState.Length);
        Span<double> stateBar = adjointBuffer.Span;
        stateBar.Clear();
        ReadOnlySpan<double> extra = x[data.ExtraOffset..];
        Span<double> extraBar = gradient[data.ExtraOffset..];
        double scale = 1.0 / (steps * b);
        for (int t = steps - 1; t >= 0; t--)
        {
            ReadOnlySpan<double> input = data.Input(t), target = data.Input(t + 1), y = outputBuffer.Span.Slice(t * b, b);
            double targetSum = 0, logPartition = LogPartition(y);
            foreach (double e in target) targetSum += e;
            for (int j = 0; j < b; j++)
            {
                ReadOnlySpan<Cell> cells = cellBuffer.Span.Slice((t * b + j) * layers, layers);
                double yBar = scale * (targetSum * Math.Exp(y[j] - logPartition) - target[j]);
                extraBar[b + j] += yBar * cells[^1].Output * cells[^1].Squashed;
                extraBar[2 * b + j] += yBar;
                double signalBar = yBar * extra[b + j];
                for (int layer = layers - 1; layer >= 0; layer--)
                {
                    int offset = data.LayerOffset(layer);
                    signalBar = Retreat(
                        in cells[layer], x.Slice(offset, 8 * b), gradient.Slice(offset, 8 * b), b, j, signalBar,
                        ref stateBar[2 * b * layer + j], ref stateBar[2 * b * layer + b + j]);
                }
                extraBar[j] += signalBar * input[j];
            }
        }
        return loss;
    }

    /// <summary>What the sweeps need of one cell at one step.</summary>
    private readonly record struct Cell(
        double Signal, double HiddenBefore, double CellBefore,
        double Forget, double Ingate, double Output, double Change, double CellAfter, double Squashed);

    /// <summary>
    /// The forward sweep. Keeps every cell (by step, bit, layer) and every prediction; with no room for cells, the last prediction only.
    /// </summary>
    private static double Sweep(LstmData data, ReadOnlySpan<double> x, Span<Cell> cells, Span<double> outputs)
    {
        int b = data.Width;
        bool keep = !cells.IsEmpty;
        using var stateBuffer = new Scratch<double>(data.InitialState.Length);
        Span<double> state = stateBuffer.Span;
        data.InitialState.CopyTo(state);
        ReadOnlySpan<double> extra = x[data.ExtraOffset..];
        double sum = 0;
        int next = 0;
        for (int t = 0; t < data.StepCount - 1; t++)
        {
            ReadOnlySpan<double> input = data.Input(t);
            Span<double> y = outputs.Slice(keep ? t * b : 0, b);
            for (int j = 0; j < b; j++)
            {
                double signal = input[j] * extra[j];
                for (int layer = 0; layer < data.LayerCount; layer++)
                {
                    Span<double> layerState = state.Slice(2 * b * layer, 2 * b);
                    Cell cell = Advance(x.Slice(data.LayerOffset(layer), 8 * b), b, j, signal, layerState[j], layerState[b + j]);
                    signal = layerState[j] = cell.Output * cell.Squashed;
                    layerState[b + j] = cell.CellAfter;
                    if (keep) cells[next++] = cell;
                }
                y[j] = signal * extra[b + j] + extra[2 * b + j];
            }
            sum += StepLoss(data.Input(t + 1), y, LogPartition(y));
        }
        return sum / ((data.StepCount - 1) * b);
    }

    private static Cell Advance(ReadOnlySpan<double> layer, int b, int j, double signal, double hidden, double cell)
    {
        double forget = Sigmoid(signal * layer[j] + layer[4 * b + j]);
        double ingate = Sigmoid(hidden * layer[b + j] + layer[5 * b + j]);
        double output = Sigmoid(signal * layer[2 * b + j] + layer[6 * b + j]);
        double change = Math.Tanh(hidden * layer[3 * b + j] + layer[7 * b + j]);
        double after = cell * forget + ingate * change;
        return new Cell(signal, hidden, cell, forget, ingate, output, change, after, Math.Tanh(after));
    }

    /// <summary>
    /// The adjoint of one cell. <paramref name="hiddenBar"/> and <paramref name="cellBar"/> hold what the next step passed back and
    /// receive what goes to the step before; <paramref name="signalBar"/> comes from above, the result goes to the input below.
    /// </summary>
    private static double Retreat(
        in Cell cell, ReadOnlySpan<double> layer, Span<double> layerBar, int b, int j, double signalBar,
        ref double hiddenBar, ref double cellBar)
    {
        double hBar = hiddenBar + signalBar;
        double cBar = cellBar + hBar * cell.Output * (1 - cell.Squashed * cell.Squashed);
        double forgetBar = cBar * cell.CellBefore * cell.Forget * (1 - cell.Forget);
        double ingateBar = cBar * cell.Change * cell.Ingate * (1 - cell.Ingate);
        double outputBar = hBar * cell.Squashed * cell.Output * (1 - cell.Output);
        double changeBar = cBar * cell.Ingate * (1 - cell.Change * cell.Change);

        layerBar[j] += forgetBar * cell.Signal;
        layerBar[b + j] += ingateBar * cell.HiddenBefore;
        layerBar[2 * b + j] += outputBar * cell.Signal;
        layerBar[3 * b + j] += changeBar * cell.HiddenBefore;
        layerBar[4 * b + j] += forgetBar;
        layerBar[5 * b + j] += ingateBar;
        layerBar[6 * b + j] += outputBar;
        layerBar[7 * b + j] += changeBar;

        cellBar = cBar * cell.Forget;
        hiddenBar = ingateBar * layer[b + j] + changeBar * layer[3 * b + j];
        return forgetBar * layer[j] + outputBar * layer[2 * b + j];
    }

    private static double LogPartition(ReadOnlySpan<double> y)
    {
        double sum = 2;
        foreach (double e in y) sum += Math.Exp(e);
        return Math.Log(sum);
    }

    private static double StepLoss(ReadOnlySpan<double> target, ReadOnlySpan<double> y, double logPartition)
    {
        double sum = 0;
        for (int j = 0; j < y.Length; j++) sum += target[j] * (logPartition - y[j]);
        return sum;
    }

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
}
