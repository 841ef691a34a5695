using System.Diagnostics;
using System.Globalization;

namespace AutoDiff.Tests.Misuse;

/// <summary>Runs a scenario of <see cref="Scenarios"/> in a process of its own, with settings that hold for a whole process.</summary>
internal static class ChildProcess
{
    /// <summary>Runs it under a limit for the garbage collector's heap, and expects it to say that all went well.</summary>
    public static void Run(string scenario, long heapLimit)
    {
        ProcessStartInfo start =
            new("dotnet", [typeof(ChildProcess).Assembly.Location, scenario]) { RedirectStandardOutput = true,
            RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = heapLimit.ToString("X", CultureInfo.InvariantCulture);
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync(); // Or a full pipe would hold the child up.
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        child.ExitCode.ShouldBe(0, output + errors.Result);
        output.Trim().ShouldEndWith(Scenarios.Well, Case.Sensitive, output + errors.Result);
    }
}
