using AutoDiff.Engine;
using AutoDiff.Tests.Core.Arrays;
using AutoDiff.Tests.NumberTypes;
using Xunit.Abstractions;
using Jet4 = AutoDiff.Engine.Jet<AutoDiff.Engine.Jet<AutoDiff.Engine.Jet<AutoDiff.Engine.Jet<AutoDiff.Real>>>>;

namespace AutoDiff.Tests.Core.Sweeps;

/// <summary>Recordings run over Taylor numbers against the same over dual numbers nested four deep: every array operation, values and
/// adjoints, on a curve.</summary>
public sealed class TaylorSweepTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-12;

    private const int Order = Taylor.MaximumOrder;

    private static readonly ILookup<string, ArrayCase> s_byMember = VectorCases.All.Concat(MatrixCases.All).Concat(DecompositionCases.All)
        .Where(c => c.X.Length is > 0 and <= 60).SelectMany(c => new[] { c, c.Squared() })
        .SelectMany(c => c.Covers.Select(member => (member, c))).ToLookup(p => p.member, p => p.c);

    public static TheoryData<string> Members => [.. s_byMember.Select(g => g.Key).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Members))]
    public void An_array_operation_has_the_derivatives_of_nested_dual_numbers(string member)
    {
        double worst = 0;
        foreach (ArrayCase c in s_byMember[member])
        {
            double[] path = ArrayCase.Numbers(2 * c.X.Length, 5);
            (double[] derivatives, double[] gradients, double[] jetDerivatives, double[] jetGradients) = Run(c, path);
            for (int k = 0; k <= Order; k++)
            {
                Close([derivatives[k]], [jetDerivatives[k]], $"{c.Name}: order {k}");
                int n = c.X.Length;
                Close(gradients[(k * n)..((k + 1) * n)], jetGradients[(k * n)..((k + 1) * n)], $"{c.Name}: gradient, order {k}");
            }
        }
        output.WriteLine($"worst error {worst:E1}");

        void Close(double[] actual, double[] expected, string what)
        {
            double scale = Math.Max(1, expected.Max(Math.Abs));
            for (int i = 0; i < expected.Length; i++)
            {
                actual[i].ShouldBe(expected[i], Tolerance * scale, $"{what}, element {i}");
                worst = Math.Max(worst, Math.Abs(actual[i] - expected[i]) / scale);
            }
        }
    }

    // Both runs of one recording of ⟨w, y⟩.
    private static (double[] Derivatives, double[] Gradients, double[] JetDerivatives, double[] JetGradients) Run(
        ArrayCase c, double[] path)
    {
        int n = c.X.Length;
        Recorder recorder = Recorder.Begin(c.X);
        try
        {
            VarVector outputs = c.Recorded(recorder.Inputs);
            Var y = outputs.Dot(ArrayCase.Numbers(outputs.Length, 7));
            double[] derivatives = new double[Order + 1], gradients = new double[(Order + 1) * n];
            if (y.IsConstant)
                return (derivatives, gradients, derivatives, gradients);
            Recording recording = recorder.Flush();
            TaylorSweep.Run(recording, y.Slot, path, derivatives, gradients);

            Interpreter<Jet4> jets = new(recording);
            for (int i = 0; i < n; i++)
                jets.Values[i] = NestedJets.Of([c.X[i], path[i], path[n + i]]);
            jets.Forward();
            jets.Adjoints[y.Slot] = Jet4.Constant(1);
            jets.Reverse();
            double[][] bars = [.. Enumerable.Range(0, n).Select(i => NestedJets.Derivatives(jets.Adjoints[i]))];
            return (derivatives, gradients, NestedJets.Derivatives(jets.Values[y.Slot]),
                [.. Enumerable.Range(0, Order + 1).SelectMany(k => bars.Select(bar => bar[k]))]);
        }
        finally
        {
            recorder.End();
        }
    }
}
