using AutoDiff.Rules;

namespace AutoDiff;

// The operators that .NET's number interfaces ask for beside the arithmetic.
public readonly partial struct Var
{
    /// <summary>The remainder x − y·trunc(x / y).</summary>
    public static Var operator %(Var x, Var y) => Apply<Remainder>(x, y);

    /// <summary>x + 1.</summary>
    public static Var operator ++(Var x) => x + 1;

    /// <summary>x − 1.</summary>
    public static Var operator --(Var x) => x - 1;
}
