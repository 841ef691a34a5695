using AutoDiff.Kernels;

namespace AutoDiff.Tests.Core.Kernels;

public unsafe class FiniteTests
{
    [Fact]
    public void One_number_that_is_not_finite_is_seen_wherever_it_stands()
    {
        for (int length = 0; length < 40; length++)
        {
            double[] numbers = [.. Enumerable.Range(0, length).Select(
                i => i % 3 == 0 ? -0.0 : i % 3 == 1 ? double.MaxValue : -double.Epsilon)];
            Check(numbers, true);
            for (int place = 0; place < length; place++)
            {
                foreach (double bad in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
                {
                    double[] spoilt = [.. numbers];
                    spoilt[place] = bad;
                    Check(spoilt, false);
                }
            }
        }
    }

    private static void Check(double[] numbers, bool expected)
    {
        double[] copy = new double[numbers.Length];
        Finite.AreAll(numbers).ShouldBe(expected);
        fixed (double* first = numbers)
            Finite.Copy(first, copy).ShouldBe(expected);
        copy.Select(BitConverter.DoubleToInt64Bits).ShouldBe(numbers.Select(BitConverter.DoubleToInt64Bits));
    }
}
