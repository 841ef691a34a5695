using AutoDiff.Rules;

namespace AutoDiff;

// The one operator that the sweeps do not carry inline.
public readonly partial struct Var
{
    /// <summary>x − n·y with n = x/y rounded towards zero; derivatives 1 and −n.</summary>
    public static Var operator %(Var x, Var y) => Apply<Remainder>(x, y);
}
