namespace AutoDiff.Problems;

/// <summary>
/// Inputs, initial state and start of an elementwise LSTM with l layers of b cells. Parameters: for each layer 4b weights and
/// 4b biases (forget, ingate, outgate, change), then b input weights, b output weights, b output biases.
/// </summary>
public sealed class LstmData
{
    private readonly double[] _start, _state, _inputs;

    /// <summary>Reads the text of an ADBench input.</summary>
    public LstmData(TextReader text)
        : this(new TokenReader(text))
    {
    }

    private LstmData(TokenReader tokens)
    {
        LayerCount = tokens.Integer();
        StepCount = tokens.Integer();
        Width = tokens.Integer();
        _start = tokens.Numbers(ParameterCount);
        _state = tokens.Numbers(2 * LayerCount * Width);
        _inputs = tokens.Numbers(StepCount * Width);
        tokens.End();
    }

    /// <summary>2 layers of 14 cells, 1024 inputs: 266 parameters.</summary>
    public static LstmData LoadL2C1024() => new(TokenReader.OfResource("lstm_l2_c1024.txt"));

    /// <summary>l.</summary>
    public int LayerCount { get; }

    /// <summary>c, the number of inputs; the last is only predicted.</summary>
    public int StepCount { get; }

    /// <summary>b, the bits of an input and the cells of a layer.</summary>
    public int Width { get; }

    /// <summary>8lb + 3b.</summary>
    public int ParameterCount => 8 * LayerCount * Width + 3 * Width;

    /// <summary>b hidden values, then b cell values of each layer.</summary>
    public ReadOnlySpan<double> InitialState => _state;

    /// <summary>All inputs, one after the other.</summary>
    public ReadOnlySpan<double> Inputs => _inputs;

    /// <summary>Input t.</summary>
    public ReadOnlySpan<double> Input(int t) => _inputs.AsSpan(t * Width, Width);

    /// <summary>The file's parameters.</summary>
    public double[] Start() => [.. _start];

    /// <summary>Where the weights of a layer start among the parameters; its biases follow 4b later.</summary>
    public int LayerOffset(int layer) => 8 * Width * layer;

    /// <summary>Where the b input weights start; the b output weights and the b output biases follow.</summary>
    public int ExtraOffset => 8 * Width * LayerCount;
}
