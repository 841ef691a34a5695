using System.Diagnostics;

namespace AutoDiff.Tests.House;

/// <summary>Sources that a script of eng/ makes are what it makes.</summary>
public class GeneratedSourceTests
{
    [Fact]
    public void The_narrower_lanes_are_made_of_the_widest()
    {
        if (OperatingSystem.IsWindows())
            return; // The script is a shell's; the sources are the same everywhere.
        string made = Directory.CreateTempSubdirectory().FullName;
        try
        {
            using Process script = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Sources.Root, "eng", "lanes"), made]))!;
            script.WaitForExit();
            script.ExitCode.ShouldBe(0);
            foreach (string name in (string[])["Lanes4.cs", "Lanes2.cs"])
            {
                string kept = Path.Combine(Sources.Root, "src", "AutoDiff.Core", "Numbers", name);
                File.ReadAllText(Path.Combine(made, name)).ShouldBe(File.ReadAllText(kept), $"Run eng/lanes: {name}");
            }
        }
        finally
        {
            Directory.Delete(made, recursive: true);
        }
    }
}
