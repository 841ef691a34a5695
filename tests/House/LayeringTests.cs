using System.Reflection;

namespace AutoDiff.Tests.House;

/// <summary>Dependencies point downwards only.</summary>
public class LayeringTests
{
    private static readonly Assembly s_core = typeof(Var).Assembly, s_hvp = typeof(AutoDiff.Hvp.LocalModel).Assembly;

    [Fact]
    public void Core_sees_no_layer_above() => Layers(s_core).ShouldBeEmpty();

    [Fact]
    public void Hvp_sees_Core_only() => Layers(s_hvp).ShouldBe(["AutoDiff.Core"]);

    [Fact]
    public void Optim_sees_Core_and_Hvp_only() =>
        Layers(typeof(AutoDiff.Optim.Minimizer).Assembly).ShouldBe(["AutoDiff.Core", "AutoDiff.Hvp"]);

    [Fact]
    public void Optim_is_no_friend_of_the_recording()
    {
        string[] friends = [.. s_core.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>().Select(
            a => a.AssemblyName)];
        friends.ShouldContain("AutoDiff.Hvp");
        friends.ShouldNotContain("AutoDiff.Optim");
    }

    [Fact]
    public void Only_the_dense_kernels_see_MathNet()
    {
        foreach (string path in Sources.Of("src"))
        {
            if (!Path.GetFileName(path).StartsWith("Dense", StringComparison.Ordinal))
                File.ReadAllText(path).ShouldNotContain("MathNet", Case.Sensitive, path);
        }
    }

    [Theory]
    [InlineData("Rules", "Recorder"), InlineData("Rules", "Workspace"), InlineData("Kernels", "Recorder"),
        InlineData("Kernels", "Workspace")]
    public void Calculus_and_kernels_know_nothing_of_recording(string folder, string type)
    {
        foreach (string path in Sources.Of($"src/AutoDiff.Core/{folder}"))
            File.ReadAllText(path).ShouldNotContain(type, Case.Sensitive, path);
    }

    private static string[] Layers(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(
            name => name.StartsWith("AutoDiff", StringComparison.Ordinal)).Order()];
}
