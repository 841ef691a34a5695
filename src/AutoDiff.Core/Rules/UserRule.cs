namespace AutoDiff.Engine;

/// <summary>Whether a rule comes from outside this library, so that it may throw; known to the compiler once code is optimized.</summary>
internal static class UserRule<TRule>
{
    public static readonly bool Is = typeof(TRule).Assembly != typeof(UserRule<>).Assembly;
}
