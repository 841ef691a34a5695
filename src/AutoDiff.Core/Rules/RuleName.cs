namespace AutoDiff.Engine;

/// <summary>A rule's name for messages and listings, with the types that it is made of.</summary>
internal static class RuleName
{
    public static string Of(Type rule) => rule.IsGenericType
        ? $"{rule.Name[..rule.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", rule.GetGenericArguments().Select(Of))}>"
        : rule.Name;
}
