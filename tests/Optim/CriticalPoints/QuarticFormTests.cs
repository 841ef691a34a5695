using AutoDiff.Optim;
using AutoDiff.Optim.CriticalPoints;
using AutoDiff.Optim.Kernels;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Optim.CriticalPoints;

/// <summary>Quartic forms of rotated variables, narrow directions among them, whose kind is known by hand.</summary>
public class QuarticFormTests(ITestOutputHelper output)
{
    // |u|⁴ − 0.9Σuᵢ⁴ is a sum of squares, 0.1Σuᵢ⁴ + Σᵢ≠ⱼ uᵢ²uⱼ²; a change of −0.2 in u₀⁴ makes it fall along one axis alone. |u|⁴ −
    // 1.05(d·u)⁴ falls in a cone about d. With y − b(u) in the place of y, b a quadratic form, f⁴ differs from what f does along the bent
    // valley.
    public static TheoryData<string, int> Forms()
    {
        TheoryData<string, int> forms = [];
        foreach (string name in (string[])["axis", "rises", "cone", "bent axis", "bent rises", "among others", "cubic"])
        {
            foreach (int m in (int[])[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
            {
                if (name != "cubic" || m <= 8)
                    forms.Add(name, m);
            }
        }
        return forms;
    }

    [Theory, MemberData(nameof(Forms))]
    public void A_rotation_of_a_form_leaves_it_what_it_is(string name, int m)
    {
        // The axis is what one chain from one start called a minimum in half of the cases.
        int rotations = name == "axis" ? 100 : m <= 6 ? 20 : 4, decided = 0;
        for (int k = 0; k < rotations; k++)
        {
            (Objective f, int n) = Of(name, m, (ulong)(1000 * k + m));
            CriticalPoint found = CriticalPoint.Classify(f, new double[n], seed: (ulong)k);
            CriticalPointKind expected = name.EndsWith("rises", StringComparison.Ordinal) ? CriticalPointKind.Minimum
                : CriticalPointKind.Saddle;
            found.Kind.ShouldBe(expected, $"rotation {k}: {found}");
            decided++;
            if (expected == CriticalPointKind.Minimum && m > 2)
                found.Evidence.ShouldContain(found.Proof == CriticalPointProof.Proven ? "sum of squares" : "numerical search");
        }
        output.WriteLine($"{decided} of {rotations}");
    }

    [Theory, InlineData(1e-8), InlineData(1e-5), InlineData(1e-3), InlineData(1e-2)]
    public void Beside_the_point_no_rotation_of_a_form_is_called_what_it_is_not(double distance)
    {
        int undecided = 0, all = 0;
        foreach (string name in (string[])["axis", "rises", "cone", "bent axis", "bent rises", "among others", "cubic"])
        {
            foreach (int m in (int[])[2, 3, 5, 7])
            {
                for (int k = 0; k < 4; k++, all++)
                {
                    (Objective f, int n) = Of(name, m, (ulong)(1000 * k + m));
                    RandomStream random = new((ulong)k);
                    double[] x = new double[n];
                    random.FillNormal(x);
                    Vectors.Scale(distance / Vectors.Norm(x), x, x);
                    CriticalPoint found = CriticalPoint.Classify(f, x, new VerdictOptions { GradientTolerance = 1 });
                    CriticalPointKind expected = name.EndsWith("rises", StringComparison.Ordinal) ? CriticalPointKind.Minimum
                        : CriticalPointKind.Saddle;
                    if (found.Kind == CriticalPointKind.Undecided)
                        undecided++;
                    else
                        found.Kind.ShouldBe(expected, $"{name}, m = {m}, rotation {k}: {found}");
                }
            }
        }
        output.WriteLine($"{distance}: {undecided} of {all} undecided");
        undecided.ShouldBeLessThan(all / 2);
    }

    [Theory, InlineData(3), InlineData(5), InlineData(8)]
    public void A_random_form_is_never_called_higher_than_points_of_the_sphere_show(int m)
    {
        RandomStream random = new((ulong)m);
        int positive = 0, proven = 0;
        for (int k = 0; k < 30; k++)
        {
            double shift = 0.3 * m * (k % 10);
            double[] t = new double[m * m * m * m];
            random.FillNormal(t);
            SymmetricForm form = SymmetricForm.Quartic(m, (p, q, r, s) => Symmetric(t, m, p, q, r, s) + shift * Norm4(p, q, r, s));
            double[] c = FormSearch.Lowest(form, ref random);
            double lowest = form.At(c), sampled = double.PositiveInfinity;
            for (int i = 0; i < 5000; i++)
            {
                double[] d = new double[m];
                random.FillNormal(d);
                Vectors.Scale(1 / Vectors.Norm(d), d, d);
                sampled = Math.Min(sampled, form.At(d));
            }
            lowest.ShouldBeLessThanOrEqualTo(sampled);
            double bound = QuarticCertificate.LowerBound(form, lowest);
            if (lowest > 0)
                positive++;
            if (bound > 0)
            {
                proven++;
                bound.ShouldBeLessThanOrEqualTo(lowest);
            }
        }
        output.WriteLine($"m = {m}: {proven} of {positive} positive forms proven to be");
        positive.ShouldBeGreaterThan(0);
        proven.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_form_that_falls_somewhere_is_never_proven_to_rise()
    {
        // |c|⁴ − 1.0001c₀⁴, of which a search may have told that it is 0.5 or more.
        SymmetricForm narrow =
            SymmetricForm.Quartic(4, (i, j, k, l) => Norm4(i, j, k, l) - (i == 0 && j == 0 && k == 0 && l == 0 ? 1.0001 : 0));
        narrow.At([1, 0, 0, 0]).ShouldBe(-0.0001, 1e-12);
        QuarticCertificate.LowerBound(narrow, 0.5).ShouldBe(double.NegativeInfinity);
    }

    private static double Symmetric(double[] t, int m, int i, int j, int k, int l)
    {
        int[] index = [i, j, k, l];
        Array.Sort(index);
        return t[((index[0] * m + index[1]) * m + index[2]) * m + index[3]];
    }

    // |c|⁴ as a tensor.
    private static double Norm4(int i, int j, int k, int l) =>
        ((i == j && k == l ? 1.0 : 0) + (i == k && j == l ? 1 : 0) + (i == l && j == k ? 1 : 0)) / 3;

    private static (Objective F, int Dimension) Of(string name, int m, ulong seed)
    {
        int n = name.StartsWith("bent", StringComparison.Ordinal) || name == "among others" ? m + 4 : m;
        RandomStream random = new(seed);
        double[][] q = Basis(n, ref random);
        double[] w = new double[n * m];
        random.FillNormal(w);
        return (Objective.Of(x =>
        {
            Var[] u = [.. q.Select(row => x.Dot(row))];
            Var square = 0;
            for (int i = 0; i < m; i++)
                square += u[i] * u[i];
            Var sum = square * square;
            if (name == "cone")
            {
                Var d = (2 * u[0] + u[1]) / Math.Sqrt(5);
                sum -= 1.05 * DegenerateCases.Fourth(d);
            }
            else
            {
                for (int i = 0; i < m; i++)
                    sum -= 0.9 * DegenerateCases.Fourth(u[i]);
                sum += (name.EndsWith("rises", StringComparison.Ordinal) ? 0.05 : -0.2) * DegenerateCases.Fourth(u[0]);
            }
            if (name == "cubic")
                sum += 0.5 * u[0] * u[1] * u[2 % m];
            for (int k = m; k < n; k++)
            {
                Var y = u[k];
                for (int i = 0; i < m && name.StartsWith("bent", StringComparison.Ordinal); i++)
                {
                    for (int j = 0; j < m; j++)
                        y -= 0.3 * w[k * m + i - m] * w[(k + 1) * m - 1 - j] * u[i] * u[j];
                }
                sum += (1 + k - m) * y * y;
            }
            return sum;
        }), n);
    }

    // The rows of an orthogonal matrix: normal ones made orthogonal, twice.
    private static double[][] Basis(int n, ref RandomStream random)
    {
        double[][] q = new double[n][];
        for (int i = 0; i < n; i++)
        {
            q[i] = new double[n];
            random.FillNormal(q[i]);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                    Vectors.AddScaled(-Vectors.Dot(q[i], q[j]), q[j], q[i]);
                Vectors.Scale(1 / Vectors.Norm(q[i]), q[i], q[i]);
            }
        }
        return q;
    }
}
