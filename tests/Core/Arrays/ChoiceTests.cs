using AutoDiff.Hvp;
using AutoDiff.Tests.Core.Sweeps;

namespace AutoDiff.Tests.Core.Arrays;

/// <summary>Choices element by element where the side not taken has no finite derivative, and the shapes that masks have.</summary>
public sealed class ChoiceTests
{
    private static readonly double[] s_x = [0, 2, 0, 0.5];

    private static readonly double[] s_v = [1, -3, 2, 4];

    private static readonly double[] s_gradient = [0, 0.5, 0, 2];

    private static readonly double[] s_product = [0, 0.75, 0, -16];

    public static TheoryData<string> Spellings => [.. s_spellings.Keys];

    private static readonly Dictionary<string, Func<VarVector, Var>> s_spellings = new()
    {
        ["vector, else number"] = x => Math.Where(x > 0, Math.Log(x), 0).Sum(),
        ["number, else vector"] = x => Math.Where(x <= 0, 0, Math.Log(x)).Sum(),
        ["vector, else vector"] = x => Math.Where(x > 0, Math.Log(x), Math.StopGradient(x)).Sum(),
        ["matrix, else number"] = x => Math.Where(x.Reshape(2, 2) > 0, Math.Log(x.Reshape(2, 2)), 0).Sum(),
        ["number, else matrix"] = x => Math.Where(0 >= x.AsColumn(), 0, Math.Log(x.AsColumn())).Sum(),
        ["mask of both"] = x => Math.Where(x > 0 & !(x <= 0), Math.Log(x), 0).Sum(),
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void The_side_not_taken_contributes_nothing(string spelling)
    {
        Func<VarVector, Var> spelled = s_spellings[spelling];
        Objective f = Objective.Of(spelled);
        f.Value(s_x).ShouldBe(Math.Log(2) + Math.Log(0.5), 1e-15);
        f.Gradient(s_x).ShouldBe(s_gradient);
        f.Hvp(s_x, s_v).ShouldBe(s_product);
        Objective.Of(x => f.Gradient(x).Dot(s_v)).Gradient(s_x).ShouldBe(s_product, "gradient of an inner gradient");
        Objective.Of(x => f.Hvp(x, s_v).Dot(s_v)).Gradient(s_x).ShouldBe([0, 2 * 9 / 8.0, 0, 2 * 16 * 8.0], "gradient of an inner product");

        using SweepHarness run = new(x => VarVector.Of(spelled(x)), s_x);
        run.Adjoint<AutoDiff.Engine.Absolute>([1]).ShouldBe(s_gradient);
        run.Tangent<AutoDiff.Engine.Absolute>(s_v).ShouldBe([-1.5 + 8]);
        run.Hvp<AutoDiff.Engine.Absolute>([1], s_v).ShouldBe(s_product);
        run.Reference([1]).Adjoint.ShouldBe(s_gradient);
        run.Reference([1], s_v).Tangent.ShouldBe([-1.5 + 8]);
        run.Reference([1], s_v).Hvp.ShouldBe(s_product);
    }

    [Fact]
    public void Constants_fold()
    {
        VarVector x = new double[] { 1, -2, 3 };
        Math.Where(x > 0, x, 7).ToValues().ShouldBe([1, 7, 3]);
        Math.Where(x > 0, 1, 0).ToValues().ShouldBe([1, 0, 1]);
        VarMatrix m = new double[,] { { 1, -2 }, { 3, -4 } };
        Math.Where(m < 0, -m, m).ToValues().ShouldBe(new double[,] { { 1, 2 }, { 3, 4 } });
        Math.Where(m < 0, 1, (VarMatrix)0.0).ToValues().ShouldBe(new double[,] { { 0, 1 }, { 0, 1 } });
    }

    [Fact]
    public void A_choice_is_one_instruction_after_its_mask()
    {
        using SweepHarness run = new(x => Math.Where(x > 0, x, 0), s_x);
        run.InstructionCount.ShouldBe(2);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        VarVector x = new double[] { 1, -2, 3 };
        VarMatrix m = new double[,] { { 1, -2, 5 }, { 3, -4, 6 } };
        Should.Throw<ShapeMismatchException>(() => Math.Where(m > 0, x, x)).Message.ShouldContain("2 × 3");
        Should.Throw<ShapeMismatchException>(() => Math.Where(m > 0, 1, 0)).Message.ShouldContain("VarMatrix");
        Should.Throw<ShapeMismatchException>(() => Math.Where(x > 0, x, x[..2])).Message.ShouldContain("[2]");
        Should.Throw<ShapeMismatchException>(() => Math.Where(x[..2] > 0, m, m)).Message.ShouldContain("[2×3]");
        Should.Throw<ShapeMismatchException>(() => Math.FusedMultiplyAdd(x, x, x[..2])).Message.ShouldContain("FusedMultiplyAdd");
        (m > x).Length.ShouldBe(6);
    }
}
