using System.Diagnostics;

namespace AutoDiff.Bench;

/// <summary>What a program printed, and what it complained of.</summary>
internal sealed record Command(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs a program to its end, with one thread for its linear algebra; null if there is no such program.</summary>
    public static Command? Run(string file, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new Command(process.ExitCode, output.TrimEnd(), errors.Result.TrimEnd());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
