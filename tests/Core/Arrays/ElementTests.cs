using System.Numerics;
using System.Numerics.Tensors;
using AutoDiff.Hvp;

namespace AutoDiff.Tests.Core.Arrays;

/// <summary>Arrays element by element, as text, and what they say of an element that is not there.</summary>
public sealed class ElementTests
{
    private static T Norm<T>(ReadOnlySpan<T> x) where T : IRootFunctions<T>
    {
        T sum = T.Zero;
        foreach (T element in x)
            sum += element * element;
        return T.Sqrt(sum);
    }

    private static T At<T>(double[] point, Func<VarVector, T> read)
    {
        T result = default!;
        Objective.Of(x =>
        {
            result = read(x);
            return 0;
        }).Value(point);
        return result;
    }

    [Fact]
    public void Foreach_goes_through_recorded_and_constant_vectors()
    {
        Objective cubes = Objective.Of(x =>
        {
            Var sum = 0;
            foreach (Var element in x)
                sum += element * element * element;
            foreach (Var weight in (VarVector)new[] { 2.0, 5.0 })
                sum += weight * x[0];
            return sum;
        });
        cubes.Gradient([1.0, -2.0]).ShouldBe([10.0, 12.0]);
        cubes.Hvp([1.0, -2.0], [1.0, 1.0]).ShouldBe([6.0, -12.0]);
        cubes = Objective.Of(x =>
        {
            foreach (Var _ in x[..0])
                return 1;
            return 0;
        });
        cubes.Value([1.0]).ShouldBe(0);
    }

    [Fact]
    public void Foreach_goes_through_a_row_of_data() => Objective.Sum(new double[,] { { 1, 2 }, { 3, 5 } }, (w, row) =>
    {
        Var sum = 0;
        foreach (Var element in row)
            sum += element * element * w[0];
        row.ToString().ShouldBe(row[0] == 1 ? "[1, 2]" : "[3, 5]");
        return sum;
    }).Gradient([7.0]).ShouldBe([39.0]);

    [Fact]
    public void Elements_serve_generic_code()
    {
        Objective f = Objective.Of(x => Norm<Var>(x.ToArray()) + TensorPrimitives.Dot<Var>(x.ToArray(), x.ToArray()));
        double[] gradient = f.Gradient([3.0, 4.0]);
        gradient[0].ShouldBe(6.6, 1e-14);
        gradient[1].ShouldBe(8.8, 1e-14);
    }

    [Fact]
    public void Elements_of_an_ended_recording_throw()
    {
        VarVector kept = At([1.0, 2.0], x => x);
        Should.Throw<StaleVariableException>(() => kept.ToArray());
        Should.Throw<StaleVariableException>(() =>
        {
            foreach (Var _ in kept)
                break;
        });
    }

    [Fact]
    public void Text_holds_the_values()
    {
        At([1.5, -2.0], x => x.ToString()).ShouldBe("[1.5, -2]");
        At([1.5], x => x[..0].ToString()).ShouldBe("[]");
        At([1.5, -2.0], x => (x > 0).ToString()).ShouldBe("[true, false]");
        At([1.0, 2, 3, 4, 5, 6], x => x.Reshape(2, 3).ToString()).ShouldBe("[[1, 2, 3], [4, 5, 6]]");
        At([1.0, 2, 3, 4, 5, 6], x => x.Reshape(2, 3).Transpose().ToString()).ShouldBe("[[1, 4], [2, 5], [3, 6]]");
        At(new double[100], x => x.ToString()).ShouldBe("[0, 0, 0, 0, 0, 0, 0, 0, … (100 elements)]");
        ((VarVector)new[] { 3.0, 4.0 })[1..].ToString().ShouldBe("[4]");
        ((VarMatrix)new double[,] { { 1, 2 }, { 3, 4 } }).Transpose().ToString().ShouldBe("[[1, 3], [2, 4]]");
        VarVector.Constant(7).ToString().ShouldBe("[7]");
    }

    [Fact]
    public void Text_of_an_ended_recording_says_so()
    {
        At([1.0, 2.0], x => x).ToString().ShouldBe("stale vector [2]");
        At([1.0, 2.0], x => x.AsColumn()).ToString().ShouldBe("stale matrix [2×1]");
        At([1.0, 2.0], x => x > 0).ToString().ShouldStartWith("stale");
    }

    [Fact]
    public void Text_for_logging_leaves_the_recording_replayable_and_other_text_does_not()
    {
        At([1.0], x =>
        {
            _ = $"{x.ToLogText()} {x.AsRow().ToLogText()} {(x > 0).ToLogText()}";
            return Engine.Recorder.Current!.Flush().NotReplayable;
        }).ShouldBeNull();
        foreach (Func<VarVector, string> text in (Func<VarVector, string>[])[x => $"{x}", x => $"{x.AsRow()}", x => $"{x > 0}"])
        {
            At([1.0], x =>
            {
                _ = text(x);
                return Engine.Recorder.Current!.Flush().NotReplayable;
            }).ShouldNotBeNull();
        }
    }

    [Fact]
    public void An_element_that_is_not_there_is_named_as_it_was_asked_for()
    {
        static string Message(Func<VarVector, object> ask) => Should.Throw<ArgumentOutOfRangeException>(() => At([1.0, 2.0], ask)).Message;
        Message(x => x[2]).ShouldContain("Index 2 is outside a vector of 2 elements");
        Message(x => x[^3]).ShouldContain("Index ^3 is outside a vector of 2 elements");
        Message(x => x[^0]).ShouldContain("Index ^0");
        Message(x => x[1..5]).ShouldContain("1..5 is outside a vector of 2 elements");
        Message(x => x[2..1]).ShouldContain("2..1");
        Message(x => x[^3..]).ShouldContain("^3..^0");
        Message(x => x.AsRow().Row(1)).ShouldContain("Row 1 is outside a matrix of 1 × 2");
        Message(x => x.AsRow().Column(-1)).ShouldContain("Column -1");
        Message(x => x.AsRow().CrossEntropy([2])).ShouldBe("Label 2 at place 0 is outside 0 … 1. (Parameter 'labels')");
        Message(x => x.Gather([0, -1])).ShouldStartWith("Index -1 at place 1 is outside 0 … 1");
        Message(x => x.AsRow()[.., 1..3]).ShouldContain("Columns 1..3 are outside a matrix of 1 × 2");
    }
}
