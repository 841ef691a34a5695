using AutoDiff.Optim;
using AutoDiff.Optim.LimitedMemory;

namespace AutoDiff.Tests.Optim.LimitedMemory;

public class CompactHessianTests
{
    [Theory, InlineData(1), InlineData(3), InlineData(5), InlineData(8)]
    public void The_compact_matrix_is_the_one_of_the_BFGS_formula(int pairs)
    {
        const int n = 7;
        (PairMemory memory, CompactHessian hessian) = Pairs.Random(n, 5, pairs, 3);
        double[,] expected = Pairs.DenseBfgs(memory);
        for (int j = 0; j < n; j++)
        {
            double[] unit = new double[n], column = new double[n], p = new double[hessian.Rank];
            unit[j] = 1;
            hessian.MultiplyTransposed(unit, p);
            double[] row = new double[hessian.Rank];
            hessian.Row(j, row);
            row.ShouldBe(p);
            hessian.MultiplyMiddle(p);
            column[j] = hessian.Theta;
            hessian.AddProduct(-1, p, column);
            for (int i = 0; i < n; i++)
                column[i].ShouldBe(expected[i, j], 1e-10);
        }
    }

    [Theory, InlineData(1), InlineData(5), InlineData(8)]
    public void The_two_loop_recursion_is_its_inverse(int pairs)
    {
        const int n = 7;
        (PairMemory memory, _) = Pairs.Random(n, 5, pairs, 4);
        double[] v = [1, -2, 3, 0.5, 0, -1, 2], hv = [.. v];
        memory.MultiplyInverse(hv);
        double[] back = Pairs.Multiply(Pairs.DenseBfgs(memory), hv);
        for (int i = 0; i < n; i++)
            back[i].ShouldBe(v[i], 1e-11);
    }

    [Fact]
    public void Inner_products_kept_and_made_anew_agree_to_the_bit()
    {
        (PairMemory memory, CompactHessian kept) = Pairs.Random(9, 4, 7, 5);
        CompactHessian anew = new(memory);
        anew.Rebuild().ShouldBeTrue();
        double[] a = [1, 2, 3, 4, 5, 6, 7, 8], b = [.. a];
        kept.MultiplyMiddle(a);
        anew.MultiplyMiddle(b);
        a.ShouldBe(b);
    }

    [Theory, InlineData(0), InlineData(2), InlineData(4), InlineData(7)]
    public void The_subspace_step_minimizes_the_model_over_the_free_variables(int bound)
    {
        const int n = 8;
        (PairMemory memory, CompactHessian hessian) = Pairs.Random(n, 5, 6, 6);
        double[,] b = Pairs.DenseBfgs(memory);
        // The first variables sit at a bound that the gradient pushes them onto, the others are far from theirs.
        Bounds bounds = new([.. Enumerable.Range(0, n).Select(i => i < bound ? 0.0 : -1e3)], [.. Enumerable.Repeat(1e3, n)]);
        double[] x = new double[n], g = [.. Enumerable.Range(0, n).Select(i => i < bound ? 5.0 : Math.Sin(i + 1))];
        CauchyPoint cauchy = new(bounds, hessian, 5);
        cauchy.Find(x, g);
        double[] target = new double[n], d = new double[n];
        new SubspaceStep(bounds, hessian, 5).TryFind(x, g, cauchy, target, d).ShouldBeTrue();
        double[] bd = Pairs.Multiply(b, d);
        for (int i = 0; i < n; i++)
        {
            if (i < bound)
                d[i].ShouldBe(0);
            else
                (g[i] + bd[i]).ShouldBe(0, 1e-10);
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public void The_Cauchy_point_is_the_first_local_minimizer_along_the_projected_path(int seed)
    {
        const int n = 8;
        (PairMemory memory, CompactHessian hessian) = Pairs.Random(n, 5, 6, (ulong)seed);
        double[,] b = Pairs.DenseBfgs(memory);
        Random random = new(seed);
        double[] x = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())],
            g = [.. Enumerable.Range(0, n).Select(_ => 10 * random.NextDouble() - 5)];
        Bounds bounds = Bounds.Box(n, 0, 1);
        CauchyPoint cauchy = new(bounds, hessian, 5);
        cauchy.Find(x, g);
        // By brute force: along P(x − tg) the model falls until the first t where it rises.
        double step = 1e-6, t = 0, best = 0;
        double[] point = x;
        while (true)
        {
            t += step;
            double[] next = [.. x.Zip(g, (a, c) => Math.Clamp(a - t * c, 0, 1))];
            double model = Model(next);
            if (model > best || t > 3)
                break;
            (best, point) = (model, next);
        }
        for (int i = 0; i < n; i++)
            cauchy.X[i].ShouldBe(point[i], 1.1e-5);
        double[] c = new double[hessian.Rank];
        hessian.MultiplyTransposed([.. cauchy.X.Zip(x, (a, o) => a - o)], c);
        for (int i = 0; i < c.Length; i++)
            cauchy.C[i].ShouldBe(c[i], 1e-10);

        double Model(double[] at)
        {
            double[] s = [.. at.Zip(x, (a, o) => a - o)], bs = Pairs.Multiply(b, s);
            return Enumerable.Range(0, n).Sum(i => g[i] * s[i] + 0.5 * s[i] * bs[i]);
        }
    }

    [Fact]
    public void A_pair_without_positive_curvature_is_left_out_and_remembered_as_such()
    {
        PairMemory memory = new(2, 3);
        memory.LowCurvature.Length.ShouldBe(0);
        memory.Add([1, 0], [2, 0]).ShouldBeTrue();
        memory.Add([0, 1], [0, 1]).ShouldBeTrue();
        memory.LowCurvature.ToArray().ShouldBe([0, 1]);
        memory.Add([1, 1], [-1, -1]).ShouldBeFalse();
        memory.Add([1, 0], [0, 1]).ShouldBeFalse();
        memory.Count.ShouldBe(2);
        memory.LowCurvature.ToArray().ShouldBe([1, 1]);
        memory.Clear();
        memory.LowCurvature.ToArray().ShouldBe([1, 1]);
        memory.Reset();
        memory.LowCurvature.Length.ShouldBe(0);
    }

    [Fact]
    public void A_matrix_with_other_signs_than_it_should_have_is_refused()
    {
        QuasiDefinite matrix = new(2);
        (matrix.Lower[0, 0], matrix.Lower[1, 0], matrix.Lower[1, 1]) = (-2, 3, 5);
        matrix.Factorize(2, 1).ShouldBeTrue();
        double[] v = [4, 21];
        matrix.Solve(v);
        v[0].ShouldBe((5 * 4 - 3 * 21) / -19.0, 1e-14);
        v[1].ShouldBe((-2 * 21 - 3 * 4) / -19.0, 1e-14);
        (matrix.Lower[0, 0], matrix.Lower[1, 0], matrix.Lower[1, 1]) = (-2, 3, -5);
        matrix.Factorize(2, 1).ShouldBeFalse();
        (matrix.Lower[0, 0], matrix.Lower[1, 0], matrix.Lower[1, 1]) = (2, 3, 5);
        matrix.Factorize(2, 1).ShouldBeFalse();
    }
}
