namespace AutoDiff.Tests.Tables;

public class ReferenceTableTests
{
    [Fact]
    public void Every_primitive_has_fifteen_distinct_arguments()
    {
        foreach (var rows in ReferenceTable.Unary.GroupBy(r => r.Primitive))
            rows.Select(r => r.X).Distinct().Count().ShouldBeGreaterThanOrEqualTo(15, rows.Key);
        foreach (var rows in ReferenceTable.Binary.GroupBy(r => r.Primitive))
            rows.Select(r => (r.X, r.Y)).Distinct().Count().ShouldBeGreaterThanOrEqualTo(15, rows.Key);
        foreach (var rows in ReferenceTable.Ternary.GroupBy(r => r.Primitive))
            rows.Select(r => (r.X, r.Y, r.Z)).Distinct().Count().ShouldBeGreaterThanOrEqualTo(15, rows.Key);
    }

    [Fact]
    public void All_primitives_are_there()
    {
        ReferenceTable.Unary.Select(r => r.Primitive).Distinct().Count().ShouldBe(63);
        ReferenceTable.Binary.Select(r => r.Primitive).Distinct().Count().ShouldBe(12);
        ReferenceTable.TernaryOf("fma").ShouldNotBeEmpty();
        Should.Throw<KeyNotFoundException>(() => ReferenceTable.UnaryOf("sine"));
    }

    [Fact]
    public void No_entry_is_undefined()
    {
        foreach (var r in ReferenceTable.Unary)
            new[] { r.X, r.Value, r.First, r.Second, r.Third }.ShouldAllBe(v => !double.IsNaN(v), r.ToString());
        foreach (var r in ReferenceTable.Binary)
            new[] { r.X, r.Y, r.Value, r.Fx, r.Fy, r.Fxx, r.Fxy, r.Fyy }.ShouldAllBe(v => !double.IsNaN(v), r.ToString());
    }

    [Theory]
    [InlineData("sin")]
    [InlineData("cos")]
    [InlineData("exp")]
    [InlineData("log")]
    [InlineData("atan")]
    [InlineData("sqrt")]
    public void Values_agree_with_System_Math_to_2_ulp(string primitive)
    {
        Func<double, double> f = primitive switch
        {
            "sin" => Math.Sin, "cos" => Math.Cos, "exp" => Math.Exp, "log" => Math.Log, "atan" => Math.Atan, _ => Math.Sqrt,
        };
        foreach (var row in ReferenceTable.UnaryOf(primitive).Where(WithinLibraryReduction))
            Ulps(f(row.X), row.Value).ShouldBeLessThanOrEqualTo(2, $"{primitive}({row.X:R})");
    }

    [Fact]
    public void Derivatives_of_sin_and_exp_agree_with_System_Math_to_2_ulp()
    {
        foreach (var row in ReferenceTable.UnaryOf("sin").Where(WithinLibraryReduction))
        {
            Ulps(Math.Cos(row.X), row.First).ShouldBeLessThanOrEqualTo(2, $"sin′({row.X:R})");
            Ulps(-Math.Sin(row.X), row.Second).ShouldBeLessThanOrEqualTo(2, $"sin″({row.X:R})");
            Ulps(-Math.Cos(row.X), row.Third).ShouldBeLessThanOrEqualTo(2, $"sin‴({row.X:R})");
        }
        foreach (var row in ReferenceTable.UnaryOf("exp"))
            new[] { row.First, row.Second, row.Third }.ShouldAllBe(d => d.Equals(row.Value));
    }

    [Fact]
    public void Exact_arithmetic_is_rounded_once()
    {
        foreach (var row in ReferenceTable.BinaryOf("multiply"))
            row.Value.ShouldBe(row.X * row.Y);
        foreach (var row in ReferenceTable.BinaryOf("add"))
            row.Value.ShouldBe(row.X + row.Y);
        foreach (var row in ReferenceTable.TernaryOf("fma"))
            row.Value.ShouldBe(Math.FusedMultiplyAdd(row.X, row.Y, row.Z));
        foreach (var row in ReferenceTable.BinaryOf("remainder"))
            row.Value.ShouldBe(row.X % row.Y);
    }

    [Fact]
    public void Conditions_follow_from_the_next_derivative()
    {
        foreach (var row in ReferenceTable.UnaryOf("pow_c:2.5").Where(r => r.X is > 1e-10 and < 1e10))
        {
            row.Parameter().ShouldBe(2.5);
            row.ConditionOfValue.ShouldBe(2.5, 1e-14);
            row.ConditionOfFirst.ShouldBe(1.5, 1e-14);
            row.ConditionOfSecond.ShouldBe(0.5, 1e-14);
        }
    }

    /// <summary>After Muller, Elementary Functions: the double closest to a multiple of π/2.</summary>
    [Fact]
    public void The_hardest_argument_of_cos_has_its_published_value() =>
        ReferenceTable.UnaryOf("cos").Single(r => r.X > 1e200).Value.ShouldBe(-4.68716592425462761112e-19);

    /// <summary>Up to 1e22; beyond, at the double closest to a multiple of π/2, the x64 Linux C library has a cosine 8 ulp off.</summary>
    private static bool WithinLibraryReduction(UnaryRow row) => Math.Abs(row.X) <= 1e22 || row.Primitive is not ("sin" or "cos");

    /// <summary>How many doubles a lies away from b, signed zeros being one.</summary>
    private static long Ulps(double a, double b)
    {
        static long Ordinal(double v) => BitConverter.DoubleToInt64Bits(v) is var bits && bits >= 0 ? bits : long.MinValue - bits;
        return Math.Abs(Ordinal(a) - Ordinal(b));
    }
}
