using AutoDiff.Engine;
using System.Runtime.Intrinsics;

namespace AutoDiff.Tests.Kernels;

public class KernelAccuracyTests
{
    public static TheoryData<string> ScalarNames => [.. KernelFunctions.Scalar.Keys];

    public static TheoryData<string> LaneNames => [.. KernelFunctions.Lanes.Keys];

    public static TheoryData<string> SharedNames => [.. KernelFunctions.Shared];

    [Fact]
    public void EveryFunctionOfTheTableIsTested() => KernelTable.Names.Order().ShouldBe(KernelFunctions.Scalar.Keys.Order());

    [Theory, MemberData(nameof(ScalarNames))]
    public void ScalarIsWithinItsBound(string name)
    {
        var (function, bound) = KernelFunctions.Scalar[name];
        foreach (KernelRow row in KernelTable.Of(name))
            Check(row, function(row.X, row.Second), bound);
    }

    [Theory, MemberData(nameof(LaneNames))]
    public void LanesAreWithinTheirBound(string name)
    {
        var (function, bound) = KernelFunctions.Lanes[name];
        foreach (KernelRow row in KernelTable.Of(name))
            Check(row, function(Lanes8.Constant(row.X), Lanes8.Constant(row.Second))[0], bound);
    }

    /// <summary>Eight neighbours of the table, of very different size, in all eight rotations.</summary>
    [Theory, MemberData(nameof(LaneNames))]
    public void LanesDependOnTheirOwnArgumentOnly(string name)
    {
        var function = KernelFunctions.Lanes[name].Function;
        IReadOnlyList<KernelRow> rows = KernelTable.Of(name);
        for (int start = 0; start < rows.Count; start++)
        {
            KernelRow Row(int lane) => rows[(start + lane * 37) % rows.Count];
            var together = function(Pack(lane => Row(lane).X), Pack(lane => Row(lane).Second));
            for (int lane = 0; lane < Lanes8.Count; lane++)
            {
                double alone = function(Lanes8.Constant(Row(lane).X), Lanes8.Constant(Row(lane).Second))[0];
                BitConverter.DoubleToInt64Bits(together[lane]).ShouldBe(BitConverter.DoubleToInt64Bits(alone), Row(lane).ToString());
            }
        }
    }

    [Theory, MemberData(nameof(SharedNames))]
    public void ScalarAndLanesShareTheirBits(string name)
    {
        foreach (KernelRow row in KernelTable.Of(name))
        {
            double scalar = KernelFunctions.Scalar[name].Function(row.X, row.Second);
            KernelFunctions.Lanes[name].Function(Lanes8.Constant(row.X), Lanes8.Constant(row.Second))[5].ShouldBe(scalar, row.ToString());
        }
    }

    private static void Check(KernelRow row, double computed, double bound)
    {
        // The sums behind the polygamma functions of high order have one rounding per factor of n!.
        double allowed = row.Name == "polygamma" ? bound + 0.5 * row.Second : bound;
        row.ErrorInUlps(computed).ShouldBeLessThanOrEqualTo(allowed, $"{row}: computed {computed:R}");
    }

    private static Lanes8 Pack(Func<int, double> f) => new(Vector512.Create(f(0), f(1), f(2), f(3), f(4), f(5), f(6), f(7)));
}
