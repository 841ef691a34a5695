using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.Engine;

/// <summary>All methods that minimize an objective, by name, with their default options.</summary>
internal static class Methods
{
    private static readonly Dictionary<string, Minimizer> s_methods = typeof(Minimizer).Assembly.GetExportedTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Minimizer)))
        .ToDictionary(type => type.Name, type => (Minimizer)Activator.CreateInstance(type)!);

    public static TheoryData<string> Names => [.. s_methods.Keys];

    public static Minimizer Of(string name) => s_methods[name];

    public static bool HasLearningRate(string name) => Of(name) is FirstOrderMinimizer;
}
