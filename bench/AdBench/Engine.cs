using System.Globalization;

namespace AutoDiff.Bench.AdBench;

/// <summary>A C++ differentiation engine: a program of the folder engines, which is compiled and run.</summary>
internal sealed record Engine(string Name, string Program, params string[] CompilerOptions)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "engines");

    public static IReadOnlyList<Engine> All { get; } =
        [new("ADOL-C", "adolc", "-ladolc"), new("Sacado", "sacado", "-I/usr/include/trilinos")];

    /// <summary>Compiles the program; null if that succeeds, otherwise the reason.</summary>
    public string? Build()
    {
        string[] arguments = ["-std=c++17", "-O3", "-march=native", "-o", Path.Combine(Folder, Program),
            Path.Combine(Folder, Program + ".cpp"), .. CompilerOptions];
        if (Command.Run("g++", arguments) is not { } compiler)
            return $"{Name} is not compared: there is no g++ (Debian: apt-get install g++).";
        return compiler.ExitCode == 0 ? null : $"{Name} is not compared: {FirstError(compiler.Errors)}";
    }

    /// <summary>Runs the program on an objective: one result for each way of using the engine, times relative to the plain function in
    /// C++.</summary>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    public IEnumerable<Result> Measure(string objective)
    {
        Command run = Command.Run(Path.Combine(Folder, Program), objective, Folder)!;
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"{Name} on {objective}: {run.Errors}");
        return run.Output.Split('\n').Select(Parse);
    }

    private static Result Parse(string line)
    {
        string[] fields = line.Split('\t');
        double Number(int i) => double.Parse(fields[i], CultureInfo.InvariantCulture);
        double? IfAny(int i) => fields[i] == "-" ? null : Number(i);
        return new Result(fields[0], Number(1), Number(2), IfAny(3), new Figures(Number(4), Number(5), IfAny(6)));
    }

    private static string FirstError(string errors)
    {
        const string mark = "error: ";
        string line = errors.Split('\n').FirstOrDefault(l => l.Contains(mark, StringComparison.Ordinal), mark + errors);
        return line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..].Replace("#error ", "", StringComparison.Ordinal);
    }
}
