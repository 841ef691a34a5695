using System.Reflection;
using System.Text.RegularExpressions;

namespace AutoDiff.Tests.House;

/// <summary>What the whole process shares is set, and measured, by tests beside which nothing runs.</summary>
public class SharedStateTests
{
    private static readonly Assembly[] s_assemblies =
        [typeof(Var).Assembly, typeof(AutoDiff.Hvp.LocalModel).Assembly, typeof(AutoDiff.Optim.Minimizer).Assembly];

    private static readonly string[] s_switches =
    [
        .. from type in s_assemblies.SelectMany(a => a.GetTypes())
           from property in type.GetProperties(
               BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           where property.SetMethod is not null
           select $@"\b{type.Name}\.{property.Name}\s*=[^=>]",
    ];

    [Fact]
    public void The_switches_of_the_process_are_known() =>
        s_switches.Length.ShouldBeGreaterThan(3, "there is nothing to look for: does reflection still see them?");

    [Fact]
    public void Tests_that_set_or_measure_what_all_share_run_alone()
    {
        Regex shared = new(string.Join(
            '|', [.. s_switches, @"\bGC\.(GetTotalMemory|Collect)\(", @"\bAppContext\.SetSwitch\(",
            @"\bEnvironment\.SetEnvironmentVariable\("]));
        string self = typeof(SharedStateTests).Name + ".cs";
        string[] found = [.. Sources.Of("tests").Where(path => Path.GetFileName(path) != self && shared.IsMatch(File.ReadAllText(path)))];
        found.Length.ShouldBeGreaterThan(2);
        Type[] types = typeof(SharedStateTests).Assembly.GetTypes();
        object[] alone = [.. types.SelectMany(t => t.GetCustomAttributesData()).Where(IsAlone).Select(
            a => a.ConstructorArguments[0].Value!)];
        foreach (string path in found)
        {
            string name = Regex.Match(File.ReadAllText(path), @"^namespace ([\w.]+);", RegexOptions.Multiline).Groups[1].Value + "."
                + Path.GetFileNameWithoutExtension(path);
            Type test = types.Where(t => t.FullName == name).ShouldHaveSingleItem(path);
            test.GetCustomAttributesData().ShouldContain(
                a => a.AttributeType == typeof(CollectionAttribute) && alone.Contains(a.ConstructorArguments[0].Value), path);
        }
    }

    private static bool IsAlone(CustomAttributeData attribute) => attribute.AttributeType == typeof(CollectionDefinitionAttribute)
        && attribute.NamedArguments.Any(
            a => a.MemberName == nameof(CollectionDefinitionAttribute.DisableParallelization) && (bool)a.TypedValue.Value!);
}
