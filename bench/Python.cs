namespace AutoDiff.Bench;

/// <summary>Runs a Python script of this folder with Debian's Python, one thread.</summary>
internal static class Python
{
    /// <summary>What the script printed; null if there is no Python, or it lacks a package.</summary>
    public static string? Run(string script) =>
        Command.Run("/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, script)) is { ExitCode: 0 } run ? run.Output : null;
}
