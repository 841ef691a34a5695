namespace AutoDiff.Engine;

/// <summary>Sums over shards: neighbours first, then neighbouring pairs, and so on.</summary>
internal static class Pairwise
{
    public static double Sum(double[] parts)
    {
        for (int step = 1; step < parts.Length; step *= 2)
        {
            for (int i = 0; i + step < parts.Length; i += 2 * step)
                parts[i] += parts[i + step];
        }
        return parts[0];
    }

    /// <summary>The same for what is added in place to its first operand; null adds nothing.</summary>
    public static T? Join<T>(T?[] parts, Action<T, T> add) where T : class
    {
        for (int step = 1; step < parts.Length; step *= 2)
        {
            for (int i = 0; i + step < parts.Length; i += 2 * step)
            {
                if (parts[i] is { } sum && parts[i + step] is { } other)
                    add(sum, other);
                else
                    parts[i] ??= parts[i + step];
            }
        }
        return parts[0];
    }
}
