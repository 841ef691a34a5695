namespace AutoDiff.Engine;

/// <summary>An objective by the programs that its lambda left (see <see cref="Ways"/>); where there is none, the lambda runs.</summary>
internal sealed class CompiledObjective : Objective
{
    private readonly Objective _origin;
    private readonly Ways _ways;

    public CompiledObjective(Objective origin, ReadOnlySpan<double> x, CompileOptions options)
    {
        _origin = origin;
        _ways = new Ways(x, options, (ReadOnlySpan<double> point, out string? reason) => Program.Record(origin, point, out reason));
    }

    public override Var Value(VarVector x) => _origin.Value(x);

    public override double Value(ReadOnlySpan<double> x)
    {
        using Snapshot.Held held = _ways.Hold();
        ValueInquiry inquiry = new(x);
        return _ways.TryAnswer(ref inquiry) ? inquiry.Value : _origin.Value(x);
    }

    public override double Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        if (gradient.Length != x.Length)
            throw new ShapeMismatchException(
                $"The gradient has room for {gradient.Length} numbers and the point has {x.Length}: give both the same length.");
        using Snapshot.Held held = _ways.Hold();
        GradientInquiry inquiry = new(x, gradient);
        return _ways.TryAnswer(ref inquiry) ? inquiry.Value : _origin.Gradient(x, gradient);
    }

    internal override double HessianProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result)
    {
        using Snapshot.Held held = _ways.Hold();
        ProductInquiry inquiry = new(x, v, result);
        return _ways.TryAnswer(ref inquiry) ? inquiry.Value : _origin.HessianProduct(x, v, result);
    }

    internal override Linearization Linearize(ReadOnlySpan<double> x, Span<double> gradient)
    {
        using Snapshot.Held held = _ways.Hold();
        LinearizationInquiry inquiry = new(x, gradient);
        return _ways.TryAnswer(ref inquiry) ? inquiry.Answer! : _origin.Linearize(x, gradient);
    }

    public override void Check(ReadOnlySpan<double> x)
    {
        _origin.Check(x);
        _ways.Check(x);
    }

    public override Objective Compile(ReadOnlySpan<double> x, CompileOptions? options = null) => _origin.Compile(x, options);

    public override Objective Reusing() => _origin.Reusing();

    /// <summary>What became of the lambda: one program for each way through it.</summary>
    public override string ToString() => _ways.ToString();

    private ref struct ValueInquiry(ReadOnlySpan<double> x) : IInquiry
    {
        public double Value;

        public ReadOnlySpan<double> Point { get; } = x;

        public bool TryAnswer(Program program) => program.TryValue(Point, out Value);
    }

    private ref struct GradientInquiry(ReadOnlySpan<double> x, Span<double> gradient) : IInquiry
    {
        public double Value;

        private readonly Span<double> _gradient = gradient;

        public ReadOnlySpan<double> Point { get; } = x;

        public bool TryAnswer(Program program) => program.TryGradient(Point, _gradient, out Value);
    }

    private ref struct ProductInquiry(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result) : IInquiry
    {
        public double Value;

        private readonly ReadOnlySpan<double> _v = v;
        private readonly Span<double> _result = result;

        public ReadOnlySpan<double> Point { get; } = x;

        public bool TryAnswer(Program program) => program.TryHessianProduct(Point, _v, _result, out Value);
    }

    private ref struct LinearizationInquiry(ReadOnlySpan<double> x, Span<double> gradient) : IInquiry
    {
        public Linearization? Answer;

        private readonly Span<double> _gradient = gradient;

        public ReadOnlySpan<double> Point { get; } = x;

        public bool TryAnswer(Program program) => (Answer = program.TryLinearize(Point, _gradient)) is not null;
    }
}
