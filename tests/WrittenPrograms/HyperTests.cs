using System.Globalization;

namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>The suite's own arithmetic, held to numbers of mpmath and to closed forms.</summary>
public class HyperTests
{
    public static TheoryData<string> Rows =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "tables", "elementary.csv")).Where(
        line => !line.StartsWith('#'))];

    [Theory, MemberData(nameof(Rows))]
    public void An_elementary_function_to_the_fifth_derivative(string row)
    {
        string[] parts = row.Split(',');
        double[] numbers = [.. parts[1..].Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
        var function = (Func<double, Derivatives>)typeof(Elementary).GetMethod(parts[0])!.CreateDelegate(typeof(Func<double, Derivatives>));
        Derivatives found = function(numbers[0]);
        for (int k = 0; k <= 5; k++)
            Math.Abs(found[k] - numbers[1 + k]).ShouldBeLessThanOrEqualTo(
                8e-16 * found.Size(k), $"{parts[0]}, derivative {k}: {found[k]:R} and {numbers[1 + k]:R}");
    }

    // f = x²y³z: along e₁, e₂, e₃ the mixed third derivative is 6xy²·…
    [Fact]
    public void Mixed_derivatives_of_a_monomial()
    {
        Hyper x = Hyper.Variable(3, 1.5, 1, 0, 0), y = Hyper.Variable(3, -0.75, 0, 1, 0), z = Hyper.Variable(3, 2, 0, 0, 1);
        Hyper f = x * x * y * y * y * z;
        f.Primal.ShouldBe(1.5 * 1.5 * -0.75 * 0.75 * 0.75 * 2, 1e-15);
        f[1].ShouldBe(2 * 1.5 * -0.421875 * 2, 1e-15);
        f[2].ShouldBe(2.25 * 3 * 0.5625 * 2, 1e-14);
        f[3].ShouldBe(2 * 1.5 * 3 * 0.5625 * 2, 1e-14);
        f[7].ShouldBe(2 * 1.5 * 3 * 0.5625, 1e-14);
    }

    // d⁴ of exp(sin(x)/x) at 1.3, all four generators on x, by mpmath: diff(lambda x: exp(sin(x)/x), 1.3, n).
    [Fact]
    public void Four_levels_of_one_variable()
    {
        Hyper x = Hyper.Variable(4, 1.3, 1, 1, 1, 1);
        Hyper f = Hyper.Function(Elementary.Exp, Hyper.Function(Elementary.Sin, x) / x);
        double[] right = [2.0984492177025776752, -0.76464224877924032912, -0.10037120094162828679, 0.75558274328225447862,
            -0.51212038674800511071];
        int[] sets = [0, 1, 3, 7, 15];
        for (int k = 0; k < right.Length; k++)
        {
            Math.Abs(f[sets[k]] - right[k]).ShouldBeLessThanOrEqualTo(f.Error(sets[k]) + 1e-16, $"order {k}");
            f.Error(sets[k]).ShouldBeLessThan(1e-11);
        }
    }

    // ε of an inner derivative does not mix with that of an outer one: d/dx (x·d/dy(x + y)) = 1.
    [Fact]
    public void Levels_do_not_mix()
    {
        Hyper x = Hyper.Variable(2, 3, 1), y = Hyper.Constant(2, 1).Plus(1);
        (x * (x + y).Part(1))[1].ShouldBe(1);
        (x * x).Stopped()[1].ShouldBe(0);
    }

    [Fact]
    public void The_error_bound_covers_a_cancellation()
    {
        Hyper x = Hyper.Variable(1, 1e-5, 1), one = Hyper.Constant(1, 1);
        Hyper f = (one - Hyper.Function(Elementary.Cos, x)) / (x * x);
        // (1 − cos x)/x² = ½ − x²/24 + …; its slope is −x/12.
        double error = Math.Abs(f.Primal - (0.5 - 1e-10 / 24)), slopeError = Math.Abs(f[1] + 1e-5 / 12);
        error.ShouldBeGreaterThan(1e-10);
        error.ShouldBeLessThan(f.Error(0));
        slopeError.ShouldBeLessThan(f.Error(1));
    }
}
