using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// Named blocks of one flat vector of parameters: <c>MatrixBlock w1 = layout.Matrix("W1", 128, 784);</c> declares one, and <c>w1.In(x)</c>
/// in a lambda is its matrix variable, which records nothing.
/// </summary>
/// <remarks>
/// Blocks follow one another in the order in which they are declared. The first use with a vector closes the layout: from then on it is
/// immutable and safe to share between threads, and declaring another block throws.
/// </remarks>
public sealed class ParameterLayout
{
    private readonly Dictionary<string, ParameterBlock> _byName = new(StringComparer.Ordinal);
    private readonly List<ParameterBlock> _blocks = [];
    private volatile bool _closed;

    /// <summary>The number of parameters declared.</summary>
    public int Length { get; private set; }

    /// <summary>The blocks, in order.</summary>
    public IReadOnlyList<ParameterBlock> Blocks => _blocks;

    /// <summary>Declares a number.</summary>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="InvalidOperationException">The layout is in use.</exception>
    public ScalarBlock Scalar(string name) => Add(name, 1, 1, offset => new ScalarBlock(this, name, offset));

    /// <summary>Declares a vector.</summary>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="InvalidOperationException">The layout is in use.</exception>
    public VectorBlock Vector(string name, int length) => Add(name, 1, length, offset => new VectorBlock(this, name, offset, length));

    /// <summary>Declares a matrix, row by row.</summary>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of rows or columns is negative.</exception>
    /// <exception cref="InvalidOperationException">The layout is in use.</exception>
    public MatrixBlock Matrix(string name, int rows, int columns) =>
        Add(name, rows, columns, offset => new MatrixBlock(this, name, offset, rows, columns));

    /// <summary>The scalar <paramref name="name"/> of the flat vector <paramref name="x"/>; records nothing.</summary>
    /// <exception cref="KeyNotFoundException">There is no such block.</exception>
    /// <exception cref="ShapeMismatchException">It is not a scalar, or x has not the layout's length.</exception>
    public Var Scalar(VarVector x, string name) => Find<ScalarBlock>(name, "scalar").In(x);

    /// <summary>The vector <paramref name="name"/> of the flat vector <paramref name="x"/>; records nothing.</summary>
    /// <exception cref="KeyNotFoundException">There is no such block.</exception>
    /// <exception cref="ShapeMismatchException">It is not a vector, or x has not the layout's length.</exception>
    public VarVector Vector(VarVector x, string name) => Find<VectorBlock>(name, "vector").In(x);

    /// <summary>The matrix <paramref name="name"/> of the flat vector <paramref name="x"/>; records nothing.</summary>
    /// <exception cref="KeyNotFoundException">There is no such block.</exception>
    /// <exception cref="ShapeMismatchException">It is not a matrix, or x has not the layout's length.</exception>
    public VarMatrix Matrix(VarVector x, string name) => Find<MatrixBlock>(name, "matrix").In(x);

    /// <summary>The block <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such block.</exception>
    public ParameterBlock this[string name] => _byName.TryGetValue(name, out ParameterBlock? block)
        ? block
        : throw new KeyNotFoundException($"There is no parameter block '{name}'; the blocks are {string.Join(", ", _blocks.Select(b => $"'{b.Name}'"))}.");

    /// <summary>The flat vector made of the blocks' numbers, matrices row by row.</summary>
    /// <exception cref="KeyNotFoundException">A name is no block's, or a block has no numbers.</exception>
    /// <exception cref="ShapeMismatchException">A block and its numbers differ in length.</exception>
    public double[] Pack(IReadOnlyDictionary<string, double[]> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (string name in values.Keys)
            _ = this[name];
        double[] parameters = new double[Length];
        foreach (ParameterBlock block in _blocks)
        {
            if (!values.TryGetValue(block.Name, out double[]? numbers))
                throw new KeyNotFoundException($"Pack: there are no numbers for the block '{block.Name}' ({block.Shape}).");
            if (numbers.Length != block.Length)
                throw new ShapeMismatchException(
                    $"Pack: there are {numbers.Length} numbers for the block '{block.Name}', a {block.Shape} of {block.Length} in all.");
            numbers.CopyTo(block.Span(parameters));
        }
        return parameters;
    }

    /// <summary>The blocks' numbers by name, copied out of a flat vector.</summary>
    /// <exception cref="ShapeMismatchException">The vector has not the layout's length.</exception>
    public Dictionary<string, double[]> Unpack(ReadOnlySpan<double> parameters)
    {
        CheckLength(parameters.Length, nameof(Unpack));
        Dictionary<string, double[]> values = new(_blocks.Count, StringComparer.Ordinal);
        foreach (ParameterBlock block in _blocks)
            values.Add(block.Name, block.Span(parameters).ToArray());
        return values;
    }

    /// <summary>
    /// Initial parameters of a network: every matrix uniform in ±1/√columns (the fan-in of y = Wx), from one stream of the generator
    /// SplitMix64 in the order of the blocks; vectors and scalars 0. The same seed gives the same numbers on every machine.
    /// </summary>
    public double[] Initialize(ulong seed)
    {
        double[] parameters = new double[Length];
        SeededGenerator generator = new(seed);
        foreach (ParameterBlock block in _blocks)
            (block as MatrixBlock)?.Initialize(parameters, ref generator);
        return parameters;
    }

    internal void CheckLength(int length, string operation)
    {
        _closed = true;
        if (length != Length)
            throw new ShapeMismatchException(
                $"{operation}: the vector has {length} elements and the layout's {_blocks.Count} blocks take {Length}.");
    }

    private TBlock Add<TBlock>(string name, int rows, int columns, Func<int, TBlock> create) where TBlock : ParameterBlock
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (rows < 0 || columns < 0)
            throw new ArgumentOutOfRangeException(nameof(name), $"The block '{name}' cannot have {rows} × {columns} elements.");
        if (_closed)
            throw new InvalidOperationException(
                $"The block '{name}' comes too late: the layout is in use with vectors of {Length} elements. Declare all blocks first.");
        int length = checked(Length + rows * columns);
        TBlock block = create(Length);
        if (_byName.TryGetValue(name, out ParameterBlock? taken))
            throw new ArgumentException(
                $"The name '{name}' of a {block.Shape} is taken by a {taken.Shape} at {taken.Offset}; names are unique.", nameof(name));
        _byName.Add(name, block);
        _blocks.Add(block);
        Length = length;
        return block;
    }

    private TBlock Find<TBlock>(string name, string wanted) where TBlock : ParameterBlock =>
        this[name] as TBlock ?? throw new ShapeMismatchException($"The block '{name}' is a {this[name].Shape}, not a {wanted}.");
}
