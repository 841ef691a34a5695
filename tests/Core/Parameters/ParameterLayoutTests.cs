using AutoDiff.Hvp;
using AutoDiff.Problems;

namespace AutoDiff.Tests.Parameters;

public class ParameterLayoutTests
{
    private readonly ParameterLayout _layout = new();
    private readonly MatrixBlock _w;
    private readonly VectorBlock _b;
    private readonly ScalarBlock _s;

    public ParameterLayoutTests()
    {
        _w = _layout.Matrix("W", 2, 3);
        _b = _layout.Vector("b", 2);
        _s = _layout.Scalar("s");
    }

    [Fact]
    public void Blocks_stand_one_after_the_other()
    {
        _layout.Length.ShouldBe(9);
        (_w.Offset, _b.Offset, _s.Offset).ShouldBe((0, 6, 8));
        double[] p = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        _w.Span(p).ToArray().ShouldBe([1, 2, 3, 4, 5, 6]);
        _b.Span((ReadOnlySpan<double>)p).ToArray().ShouldBe([7, 8]);
        _s.Span(p)[0] = 10;
        p[8].ShouldBe(10);
        _layout.Blocks.Select(b => b.Name).ShouldBe(["W", "b", "s"]);
        _layout["b"].ShouldBeSameAs(_b);
    }

    [Fact]
    public void Views_in_a_lambda_record_nothing_and_differentiate()
    {
        double[] p = [1, 2, 3, 4, 5, 6, 7, 8, 9], input = [1, -1, 2];
        Objective views = Objective.Of(x =>
        {
            _layout.Matrix(x, "W").ShouldBeOfType<VarMatrix>();
            _layout.Vector(x, "b");
            return _layout.Scalar(x, "s");
        });
        using (LocalModel at = views.At(p))
            at.OperationCount.ShouldBe(0);
        Objective f = Objective.Of(x => (_w.In(x).MatMul((VarVector)input) + _b.In(x)).Sum() * _s.In(x));
        // W·input = (5, 11), plus b = (12, 19), sum 31.
        f.Value(p).ShouldBe(279);
        f.Gradient(p).ShouldBe([9, -9, 18, 9, -9, 18, 9, 9, 31]);
    }

    [Fact]
    public void Packing_and_unpacking()
    {
        double[] p = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        Dictionary<string, double[]> values = _layout.Unpack(p);
        values["W"].ShouldBe([1, 2, 3, 4, 5, 6]);
        _layout.Pack(values).ShouldBe(p);
        values["b"] = [1];
        Should.Throw<ShapeMismatchException>(() => _layout.Pack(values)).Message.ShouldContain("1 numbers for the block 'b'");
        values.Remove("b");
        Should.Throw<KeyNotFoundException>(() => _layout.Pack(values)).Message.ShouldContain("'b'");
        values["b"] = [1, 2];
        values["c"] = [1];
        Should.Throw<KeyNotFoundException>(() => _layout.Pack(values)).Message.ShouldContain("'c'");
    }

    [Fact]
    public void Mistakes_name_what_is_there_and_what_was_asked_for()
    {
        Should.Throw<ArgumentException>(() => _layout.Scalar("W")).Message.ShouldContain("'W' of a scalar is taken by a matrix of 2 × 3");
        Should.Throw<ArgumentException>(() => _layout.Scalar(""));
        Should.Throw<ArgumentOutOfRangeException>(() => _layout.Vector("v", -1));
        Should.Throw<OverflowException>(() => _layout.Matrix("m", 100_000, 100_000));
        Should.Throw<KeyNotFoundException>(() => _layout["w"]).Message.ShouldContain("'W', 'b', 's'");
        _layout.Length.ShouldBe(9);
        Should.Throw<ShapeMismatchException>(() => _w.Span(new double[8])).Message.ShouldContain("8 elements");
        Should.Throw<ShapeMismatchException>(() => _layout.Vector(new double[9], "W")).Message.ShouldContain(
            "matrix of 2 × 3, not a vector");
        Should.Throw<InvalidOperationException>(() => _layout.Scalar("late")).Message.ShouldContain("late");
    }

    [Fact]
    public void Initial_weights_are_those_of_the_reference_network()
    {
        ParameterLayout layout = new();
        layout.Matrix("W1", 128, 784);
        layout.Vector("b1", 128);
        MatrixBlock w2 = layout.Matrix("W2", 10, 128);
        layout.Vector("b2", 10);
        double[] p = layout.Initialize(42);
        SplitMix64 stream = new(42);
        for (int i = 0; i < 128 * 784; i++)
            p[i].ShouldBe(stream.NextSigned() / Math.Sqrt(784));
        foreach (double weight in w2.Span(p).ToArray())
            weight.ShouldBe(stream.NextSigned() / Math.Sqrt(128));
        p.Count(t => t == 0).ShouldBe(138);
    }
}
