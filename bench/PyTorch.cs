using System.Diagnostics;

namespace AutoDiff.Bench;

/// <summary>Runs network.py, which measures the same network in PyTorch, if Python with PyTorch is there (Debian: python3-torch,
/// libopenblas0-pthread).</summary>
internal static class PyTorch
{
    public static void Report()
    {
        ProcessStartInfo start = new("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "network.py")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Console.WriteLine(process.ExitCode == 0 ? output.TrimEnd() : "PyTorch is not installed; the network is not compared (Debian: apt-get install python3-torch libopenblas0-pthread).");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine("There is no Python here; the network is not compared with PyTorch.");
        }
    }
}
