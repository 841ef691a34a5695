using System.Runtime.InteropServices;
using AutoDiff.Engine;
using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>A constant array that changes between two uses, after its use, or between calls is noticed wherever old and new numbers would
/// meet, whatever its length and whichever number changes.</summary>
public class ConstantArrayTests
{
    private const string Changed = "has changed";

    public static TheoryData<int> Lengths => [1, 2, 3, 7, 8, 15, 16, 17, 31, 63, 64, 65, 100, 511, 512, 513, 1000, 1024, 4097];

    // Σₖ (x·hot_k)², with one array for all k.
    private static Func<VarVector, Var> OneHot(double[] hot, params int[] places) => x =>
    {
        Var sum = 0;
        foreach (int k in places)
        {
            hot[k] = 1;
            sum += Math.Square(x.Dot(hot));
            hot[k] = 0;
        }
        return sum;
    };

    [Theory, MemberData(nameof(Lengths))]
    public void An_array_that_changes_between_two_uses_is_refused(int n)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(i => 1 + 0.01 * i)], hot = new double[n];
        foreach (int[] places in new int[][] { [0, n - 1], [n / 2, n / 3, n - 1], [n - 1] })
        {
            Objective f = Objective.Of(OneHot(hot, places));
            f.Value(x).ShouldBe(places.Sum(k => x[k] * x[k]), 1e-12); // Values are computed while it is as it should be.
            Should.Throw<InvalidOperationException>(() => f.Gradient(x)).Message.ShouldContain(Changed);
            Should.Throw<InvalidOperationException>(() => f.Hvp(x.AsSpan(), x)).Message.ShouldContain(Changed);
            Should.Throw<InvalidOperationException>(() => f.Compile(x)).Message.ShouldContain(Changed);
            Should.Throw<InvalidOperationException>(() => f.Check(x)).Message.ShouldContain(Changed);
            Should.Throw<InvalidOperationException>(() => f.Reusing().Gradient(x)).Message.ShouldContain(Changed);
            Should.Throw<InvalidOperationException>(() => Objective.Of(u => f.Gradient(u)[0]).Value(x)).Message.ShouldContain(Changed);
            Should.Throw<InvalidOperationException>(
                () => VectorFunction.Of(u => VarVector.Of(f.Value(u))).Jacobian(x)).Message.ShouldContain(Changed);
            double[,] rows = new double[9, 2];
            Should.Throw<InvalidOperationException>(
                () => Objective.Sum(rows, (u, r) => f.Value(u) * (1 + r[0])).Gradient(x)).Message.ShouldContain(Changed);
        }
        Objective.Of(Copied).Gradient(x).ShouldBe([.. x.Select((t, i) => i == 0 || i == n - 1 ? 2 * t * (n == 1 ? 2 : 1) : 0)]);

        // A copy for each use.
        Var Copied(VarVector v)
        {
            Var sum = 0;
            foreach (int k in new[] { 0, n - 1 })
            {
                double[] own = new double[n];
                own[k] = 1;
                sum += Math.Square(v.Dot(own));
            }
            return sum;
        }
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Compiled_a_change_of_any_number_is_noticed_within_eight_calls(int n)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(i => Math.Sin(i))], c = [.. Enumerable.Range(0, n).Select(i => 1 + 0.25 * i)];
        Objective f = Objective.Of(v => v.Dot(c) * v.Dot(c) + (v * c).Sum()), compiled = f.Compile(x);
        Objective verified = f.Compile(x, new() { VerifyEvery = 1 });
        using LocalModel at = f.At(x);
        foreach (int place in new[] { 0, n / 2, n - 1, n / 3, 511 % n, 512 % n })
        {
            foreach (double change in new[] { 1, -0.25, 1e-12 })
            {
                double old = c[place];
                c[place] += change;
                int calls = Noticed(() => compiled.Gradient(x));
                calls.ShouldBeLessThanOrEqualTo(n <= 512 ? 1 : 8);
                Should.Throw<InvalidOperationException>(() => verified.Gradient(x));
                Should.Throw<InvalidOperationException>(() => compiled.Check(x)).Message.ShouldContain(Changed);
                f.Check(x); // Of the lambda itself the new numbers are as good as the old.
                Noticed(() => at.Hessian.Apply(x)).ShouldBeLessThanOrEqualTo(n <= 512 ? 1 : 8);
                c[place] = old;
                compiled.Gradient(x);
                verified.Gradient(x);
                compiled.Check(x);
            }
        }
    }

    private static int Noticed(Action call)
    {
        for (int calls = 1; calls < 100; calls++)
        {
            try
            {
                call();
            }
            catch (InvalidOperationException e) when (e.Message.Contains(Changed, StringComparison.Ordinal) || e is NotReplayableException)
            {
                return calls;
            }
        }
        return 100;
    }

    [Fact]
    public void One_number_of_a_thousand_under_verification()
    {
        double[] c = [.. Enumerable.Range(0, 1000).Select(i => 1.0 + i)], x = new double[1000];
        x.AsSpan().Fill(1);
        Objective f = Objective.Of(v => v.Dot(c)).Compile(x, new() { VerifyEvery = 1 });
        for (int place = 0; place < 1000; place += 37)
        {
            f.Value(x).ShouldBe(500500);
            c[place]++;
            Should.Throw<InvalidOperationException>(() => f.Value(x));
            c[place]--;
        }
    }

    [Fact]
    public void Parts_of_a_large_array_are_taken_note_of_by_themselves()
    {
        double[,] table = new double[300, 10];
        for (int i = 0; i < 300; i++)
            table[i, i % 10] = 1 + i;
        Objective f = Objective.Of(v =>
        {
            Var sum = 0;
            for (int i = 0; i < 100; i++)
                sum += Math.Square(((VarMatrix)table).Row(i).Dot(v));
            return sum;
        });
        double[] x = [.. Enumerable.Range(0, 10).Select(i => 1.0 + i)];
        using LocalModel at = f.At(x);
        double[] product = at.Hessian.Apply(x);
        table[299, 9]++; // No operation uses that, nor its block.
        for (int i = 0; i < 20; i++)
            at.Hessian.Apply(x).ShouldBe(product);
        table[57, 3]++;
        Noticed(() => at.Hessian.Apply(x)).ShouldBeLessThanOrEqualTo(8);
        table[57, 3]--;
        table[0, 0] = double.NaN;
        Noticed(() => at.Hessian.Apply(x)).ShouldBeLessThanOrEqualTo(8);
    }

    [Fact]
    public void Numbers_that_change_places_change_the_hash()
    {
        foreach (int n in new[] { 2, 5, 8, 15, 16, 17, 40, 64, 100, 512 })
        {
            foreach (double hot in new[] { 1.0, 2.0, -1.0, 0.5, 1e300, 4.9e-324, double.NegativeInfinity })
            {
                HashSet<ulong> seen = [];
                double[] array = new double[n];
                for (int i = 0; i < n; i++)
                {
                    array[i] = hot;
                    seen.Add(BlockHash.Of(array)).ShouldBeTrue($"one of {n}: {i}");
                    for (int j = 0; j < i; j++)
                    {
                        array[j] = hot;
                        seen.Add(BlockHash.Of(array)).ShouldBeTrue($"two of {n}: {i}, {j}");
                        array[j] = 0;
                    }
                    array[i] = 0;
                }
                seen.Add(BlockHash.Of(array)).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void Each_bit_of_each_number_counts()
    {
        Random random = new(1);
        foreach (int n in new[] { 1, 3, 15, 16, 33, 512 })
        {
            double[] array = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())];
            ulong hash = BlockHash.Of(array);
            Span<long> bits = MemoryMarshal.Cast<double, long>(array.AsSpan());
            for (int i = 0; i < n; i++)
            {
                for (int k = 0; k < 64; k++)
                {
                    bits[i] ^= 1L << k;
                    BlockHash.Of(array).ShouldNotBe(hash);
                    bits[i] ^= 1L << k;
                }
            }
            BlockHash.Of(array).ShouldBe(hash);
            BlockHash.Of(array.AsSpan(1)).ShouldNotBe(hash);
        }
    }
}
