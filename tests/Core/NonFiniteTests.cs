namespace AutoDiff.Tests.Core;

/// <summary>The first operation that is not finite is named with its place and its operands.</summary>
public class NonFiniteTests
{
    [Fact]
    public void Nothing_is_found_in_a_finite_function() => Objective.Of(x => Math.Log(x[0])).FindNonFinite([2.0]).ShouldBeNull();

    [Fact]
    public void The_first_operation_is_named()
    {
        NonFiniteOperation found = Objective.Of(x => Math.Sqrt(Math.Log(x[0] - 3)) * 2).FindNonFinite([2.0])!;
        found.Operation.ShouldBe("Log");
        found.Place.ShouldBe(1);
        found.Operands.ShouldBe([-1.0]);
        found.Result.ShouldBe(double.NaN);
        found.ToString().ShouldBe("Operation 1, Log(-1), gave NaN.");
    }

    [Fact]
    public void Constants_are_operands_too() => Objective.Of(x => 1 / (x[0] - 2)).FindNonFinite([2.0])!.Operands.ShouldBe([1.0, 0.0]);

    [Fact]
    public void An_element_of_an_array_is_named()
    {
        NonFiniteOperation found = Objective.Of(x => Math.Log(x).Sum()).FindNonFinite([1.0, 0.0, 2.0])!;
        (found.Operation, found.Element, found.Result).ShouldBe(("Log", 1, double.NegativeInfinity));
        found.ToString().ShouldBe("Operation 0, Log (element 1), gave -Infinity.");
    }

    [Fact]
    public void An_input_is_named() => Objective.Of(x => x[0]).FindNonFinite([double.NaN])!.Operation.ShouldBe("Input");

    [Theory]
    [InlineData("Add"), InlineData("Multiply"), InlineData("Divide"), InlineData("Exp"), InlineData("Pow"), InlineData("Acos")]
    public void Each_kind_of_operation_is_found(string name)
    {
        const double huge = 1e308;
        Objective f = Objective.Of(x => name switch
        {
            "Add" => x[0] + x[0] * 0.9 + x[0],
            "Multiply" => x[0] * x[1],
            "Divide" => x[1] / (x[0] - huge),
            "Exp" => Math.Exp(x[1]),
            "Pow" => Math.Pow(x[0], x[1]),
            _ => Math.Acos(x[1]),
        });
        f.FindNonFinite([huge, 1e3])!.Operation.ShouldBe(name);
    }
}
