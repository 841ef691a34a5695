namespace AutoDiff.Bench;

/// <summary>Runs network.py, which measures the same network in PyTorch, if Python with PyTorch is there (Debian: python3-torch,
/// libopenblas0-pthread).</summary>
internal static class PyTorch
{
    public static void Report() =>
        Console.WriteLine(Python.Run(
            "network.py") ?? "PyTorch is not installed; the network is not compared (Debian: apt-get install python3-torch libopenblas0-pthread).");
}
