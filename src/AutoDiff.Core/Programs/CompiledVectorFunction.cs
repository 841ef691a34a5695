namespace AutoDiff.Engine;

/// <summary>A vector function by the programs that its lambda left (see <see cref="Ways"/>); where there is none, the lambda
/// runs.</summary>
internal sealed class CompiledVectorFunction : VectorFunction
{
    private readonly VectorFunction _origin;
    private readonly Ways _ways;

    public CompiledVectorFunction(VectorFunction origin, ReadOnlySpan<double> x, CompileOptions options)
    {
        _origin = origin;
        _ways = new Ways(x, options, (ReadOnlySpan<double> point, out string? reason) => Program.Record(origin, point, out reason));
    }

    public override VarVector Value(VarVector x) => _origin.Value(x);

    public override void Check(ReadOnlySpan<double> x)
    {
        _origin.Check(x);
        _ways.Check(x);
    }

    public override VectorFunction Compile(ReadOnlySpan<double> x, CompileOptions? options = null) => _origin.Compile(x, options);

    internal override VectorLinearization Linearize(ReadOnlySpan<double> x)
    {
        using Snapshot.Held held = _ways.Hold();
        LinearizationInquiry inquiry = new(x);
        return _ways.TryAnswer(ref inquiry) ? inquiry.Answer! : _origin.Linearize(x);
    }

    /// <summary>What became of the lambda: one program for each way through it.</summary>
    public override string ToString() => _ways.ToString();

    private ref struct LinearizationInquiry(ReadOnlySpan<double> x) : IInquiry
    {
        public VectorLinearization? Answer;

        public ReadOnlySpan<double> Point { get; } = x;

        public bool TryAnswer(Program program) => (Answer = program.TryLinearize(Point)) is not null;
    }
}
