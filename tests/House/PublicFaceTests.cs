using System.Reflection;
using System.Text.RegularExpressions;

namespace AutoDiff.Tests.House;

/// <summary>What the public types promise as a whole.</summary>
public partial class PublicFaceTests
{
    private static readonly Assembly[] s_assemblies =
        [typeof(Var).Assembly, typeof(AutoDiff.Hvp.LocalModel).Assembly, typeof(AutoDiff.Optim.Minimizer).Assembly];

    public static TheoryData<Type> PublicStructs() =>
        [.. s_assemblies.SelectMany(a => a.GetExportedTypes()).Where(t => t.IsValueType && !t.IsEnum && !IsEnumerator(t))];

    // What foreach steps through must change, and never leaves the loop.
    private static bool IsEnumerator(Type type) => type is { IsNested: true, Name: "Enumerator" };

    [Theory, MemberData(nameof(PublicStructs))]
    public void Public_structs_are_immutable(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).ShouldAllBe(field => field.IsInitOnly);

    [Fact]
    public void A_variable_takes_sixteen_bytes() => System.Runtime.CompilerServices.Unsafe.SizeOf<Var>().ShouldBe(16);

    [Fact]
    public void Classes_are_abstract_or_sealed()
    {
        foreach (Type type in s_assemblies.SelectMany(a => a.GetExportedTypes()).Where(
            t => t.IsClass && !typeof(Delegate).IsAssignableFrom(t)))
            (type.IsAbstract || type.IsSealed).ShouldBeTrue(type.FullName);
    }

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        foreach (string path in Sources.Of("src"))
            Unfinished().IsMatch(File.ReadAllText(path)).ShouldBeFalse(path);
    }

    [Fact]
    public void The_readme_shows_the_code_of_the_quick_start()
    {
        string readme = File.ReadAllText(Path.Combine(Sources.Root, "README.md"));
        string program = File.ReadAllText(Path.Combine(Sources.Root, "samples/QuickStart/Program.cs"));
        readme.ShouldContain(program.Trim());
    }

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException")]
    private static partial Regex Unfinished();
}
