using System.Runtime.Intrinsics;
using AutoDiff.Kernels;

namespace AutoDiff.Tests.Core.Kernels;

/// <summary>The width that a process runs at.</summary>
public class VectorWidthTests
{
    private static readonly int s_widest =
        Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : 2;

    [Fact]
    public void Without_a_setting_it_is_the_widest_that_the_machine_has()
    {
        foreach (string? setting in (string?[])[null, "", "512"])
            VectorWidth.Choose(setting).ShouldBe(s_widest);
    }

    [Fact]
    public void A_setting_narrows_it_and_never_widens_it()
    {
        VectorWidth.Choose("256").ShouldBe(Math.Min(4, s_widest));
        VectorWidth.Choose("128").ShouldBe(2);
        if (Environment.GetEnvironmentVariable(VectorWidth.Setting) is { Length: > 0 } forced)
            VectorWidth.Lanes.ShouldBe(VectorWidth.Choose(forced));
    }

    [Theory]
    [InlineData("64"), InlineData("avx2"), InlineData("256 ")]
    public void Anything_else_is_refused_with_what_it_may_be(string setting)
    {
        string message = Should.Throw<NotSupportedException>(() => VectorWidth.Choose(setting)).Message;
        message.ShouldContain(setting);
        message.ShouldContain("512, 256 or 128");
    }
}
