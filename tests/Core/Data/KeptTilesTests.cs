using AutoDiff.Hvp;
using Term = System.Func<AutoDiff.VarVector, AutoDiff.DataVector, AutoDiff.Var>;

namespace AutoDiff.Tests.DataRows;

/// <summary>Local models that keep the rows' values and adjoints, and those that compute them again since they would take too much
/// memory.</summary>
public class KeptTilesTests
{
    private static readonly double[] s_x = [0.4, -0.8, 1.1, 0.3];

    private static double[,] Rows(int count)
    {
        double[,] rows = new double[count, 4];
        for (int i = 0; i < rows.Length; i++)
            rows[i / 4, i % 4] = Math.Sin(i + 0.1 * i * i);
        return rows;
    }

    public static TheoryData<string, Term> Terms => new()
    {
        { "one way", (x, row) => Math.Exp(0.1 * x.Dot(row)) * x[0] },
        { "branching", (x, row) => row[0] > x[0] ? Math.Exp(x[1] * row[1]) : row[1] > 0.3 ? Math.Log(row[1] * x[2] * x[2])
            : x.Dot(row) * x[3] * x[3] },
        { "absolute zeros", (x, row) => Math.Sqrt(x[0] * x[0] * Math.Max(row[0], 0)) * Math.Max(row[0], 0) + x[1] * x[1] * x[2] },
        { "some rows recorded", (x, row) => row[0] > 0.99 ? row[1].Value * x[0] * x[0] : x[1] * x[1] * row[1] },
    };

    [Theory, MemberData(nameof(Terms))]
    public void What_is_computed_again_has_the_bits_of_what_was_kept(string name, Term term)
    {
        name.ShouldNotBeEmpty();
        double[,] rows = Rows(5_000);
        double[] v = [1.0, 2.0, -0.5, 0.25], many = [.. v, .. s_x, 0, 0, 1, 0];
        using LocalModel kept = new DataObjective(rows, null, term, true).At(s_x);
        double[] product = kept.Hessian.Apply(v), products = new double[12];
        kept.Hessian.ApplyMany(many, products, 3);
        product.ShouldContain(number => number != 0);
        foreach (int threads in (int[])[1, 2, 4])
        {
            // None kept; given up in the midst of it.
            foreach (long bytes in (long[])[0, 100_000])
            {
                DataObjective f = new(rows, null, term, true) { MostKeptBytes = bytes, MaxDegreeOfParallelism = threads };
                using LocalModel again = f.At(s_x);
                again.Value.ShouldBe(kept.Value);
                again.Gradient.ToArray().ShouldBe(kept.Gradient.ToArray());
                double[] results = new double[12];
                for (int repeat = 0; repeat < 2; repeat++)
                {
                    again.Hessian.Apply(v).ShouldBe(product);
                    again.Hessian.ApplyMany(many, results, 3);
                    results.ShouldBe(products);
                }
                Parallel.For(0, 4, _ => again.Hessian.Apply(v).ShouldBe(product));
            }
        }
    }

    [Fact]
    public void A_bound_on_what_is_kept_bounds_it()
    {
        Term term = (x, row) => Math.Exp(0.1 * x.Dot(row)) * x[0];
        double[,] rows = Rows(50_000);
        // At least the rows, the exponentials and their adjoints.
        Held(256L << 20).ShouldBeGreaterThan(50_000 * 6 * sizeof(double));
        Held(100_000).ShouldBeLessThan(1_000_000);

        long Held(long bytes)
        {
            DataObjective f = new(rows, null, term, true) { MostKeptBytes = bytes };
            f.At(s_x).Dispose();
            long before = GC.GetAllocatedBytesForCurrentThread();
            using LocalModel at = f.At(s_x);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
