namespace AutoDiff.Tests.Tables;

/// <summary>f(x) of one primitive and its first three derivatives, each rounded once from the multiprecision result.</summary>
public sealed record UnaryRow(string Primitive, double X, double Value, double First, double Second, double Third)
{
    /// <summary>The constant of a parametrised primitive: 2.5 of <c>pow_c:2.5</c>.</summary>
    public double Parameter() => ReferenceTable.Number(Primitive[(Primitive.IndexOf(':') + 1)..]);

    /// <summary>|x f′/f|: how many relative errors of f one relative error of x makes; 0 where f is constant.</summary>
    public double ConditionOfValue => Condition(Value, First);

    /// <summary>|x f″/f′|, the condition of the first derivative.</summary>
    public double ConditionOfFirst => Condition(First, Second);

    /// <summary>|x f‴/f″|, the condition of the second derivative.</summary>
    public double ConditionOfSecond => Condition(Second, Third);

    /// <summary>Not finite at a zero of f, and where f or its slope lies outside the range of double.</summary>
    private double Condition(double f, double slope) => slope == 0 ? 0 : Math.Abs(X * (slope / f));
}
