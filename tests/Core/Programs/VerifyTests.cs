namespace AutoDiff.Tests.Programs;

/// <summary>A compiled lambda that is held to its promise: every so many calls it runs again and is compared.</summary>
public class VerifyTests
{
    private static readonly CompileOptions Always = new() { VerifyEvery = 1 };

    [Fact]
    public void A_captured_number_that_changes_is_named()
    {
        double factor = 2;
        Objective f = Objective.Of(x => factor * x[0] * x[0]).Compile([1.0], Always);
        f.Gradient([3.0]).ShouldBe([12.0]);
        factor = 2.5;
        Should.Throw<NotReplayableException>(() => f.Gradient([3.0])).Message.ShouldContain("a constant was 2 and is 2.5");
    }

    [Fact]
    public void A_captured_array_that_is_another_is_named()
    {
        double[] weights = [1, 2, 3];
        Objective f = Objective.Of(x => (weights * x).Sum()).Compile([1.0, 1.0, 1.0], Always);
        f.Value([1.0, 1.0, 1.0]).ShouldBe(6);
        weights = [1, 2, 4];
        Should.Throw<NotReplayableException>(() => f.Value([1.0, 1.0, 1.0])).Message.ShouldContain("constant array");
        weights = [1, 2, 3]; // Another array with the same numbers is the same constant.
        f.Value([1.0, 1.0, 1.0]).ShouldBe(6);
    }

    [Fact]
    public void Control_flow_by_anything_but_the_point_is_named()
    {
        int length = 2;
        bool adds = true;
        VectorFunction f = VectorFunction.Of(x =>
        {
            Var[] y = new Var[length];
            for (int i = 0; i < length; i++)
                y[i] = adds ? x[0] + x[1] : x[0] * x[1];
            return VarVector.Of(y);
        }).Compile([1.0, 2.0], Always);
        f.Value([3.0, 4.0]).ShouldBe([7.0, 7.0]);
        adds = false;
        Should.Throw<NotReplayableException>(() => f.Value([3.0, 4.0])).Message.ShouldContain("operation #0 was Add and is Multiply");
        (adds, length) = (true, 3);
        Should.Throw<NotReplayableException>(() => f.Value([3.0, 4.0]));
    }

    [Fact]
    public void Another_result_of_the_same_operations_is_named()
    {
        bool first = true;
        Objective f = Objective.Of(x =>
        {
            Var a = x[0] * 2, b = x[0] * 3;
            return first ? a : b;
        }).Compile([1.0], Always);
        f.Value([2.0]).ShouldBe(4);
        first = false;
        Should.Throw<NotReplayableException>(() => f.Value([2.0])).Message.ShouldContain("result");
    }

    [Fact]
    public void A_value_that_escapes_elsewhere_is_named()
    {
        bool reads = false;
        Objective f = Objective.Of(x => reads ? x[0] * x[0].Value : x[0] * x[0]).Compile([1.0], Always);
        f.Value([2.0]).ShouldBe(4);
        reads = true;
        Should.Throw<NotReplayableException>(() => f.Value([2.0])).Message.ShouldContain("the value of variable #0 was read");
    }

    [Fact]
    public void Every_third_call_runs_the_lambda()
    {
        int runs = 0;
        Objective f = Objective.Of(x =>
        {
            runs++;
            return x[0] * x[0];
        }).Compile([1.0], new() { VerifyEvery = 3 });
        for (int i = 0; i < 9; i++)
            f.Value([1.0 + i]).ShouldBe((1 + i) * (1 + i));
        runs.ShouldBe(1 + 3);
    }

    [Fact]
    public void Branches_by_the_point_and_parameters_that_change_are_no_difference()
    {
        Data scale = Data.Of(2.0);
        Objective f = Objective.Of(x => x[0] > x[1] ? scale[0] * x[0] : x[1] * x[1]).Compile([2.0, 1.0], Always);
        for (int i = 0; i < 20; i++)
        {
            scale.Set(2.0 + i);
            double[] x = [Math.Sin(i), Math.Cos(i)];
            f.Gradient(x, x).ShouldBe(Math.Sin(i) > Math.Cos(i) ? (2 + i) * Math.Sin(i) : Math.Cos(i) * Math.Cos(i));
        }
    }

    [Fact]
    public void A_negative_interval_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new CompileOptions { VerifyEvery = -1 });
}
