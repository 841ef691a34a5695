using AutoDiff.Rules;

namespace AutoDiff.Tests.Laws;

/// <summary>What rules say of their kinks, with faults planted: the law of kinks must see each of them.</summary>
[Collection(nameof(Fault))]
public class KinkFaultTests
{
    private static readonly Fault[] s_faults = [Fault.KinkUndeclared, Fault.KinkMoved, Fault.PiecesExchanged];

    [Fact]
    public void Of_one_variable()
    {
        Unary<Abs>(s_faults);
        Unary<Relu>(s_faults);
        Unary<Floor>(s_faults[..2]);
        Unary<Ceiling>(s_faults[..2]);
        Unary<Round>(s_faults[..2]);
        Unary<Truncate>(s_faults[..2]);
        Unary<Sign>(s_faults[..2]);
        Unary<Step>(s_faults[..2]);
        Unary<Sqrt>(s_faults[..2]);
        Unary<Cbrt>(s_faults[..2]);
    }

    [Fact]
    public void Of_two_variables()
    {
        Binary<Max>(Fault.KinkUndeclared, Fault.PiecesExchanged);
        Binary<Min>(Fault.KinkUndeclared, Fault.PiecesExchanged);
        Binary<CopySign>(Fault.KinkUndeclared, Fault.PiecesExchanged);
        Binary<Hypot>(Fault.KinkUndeclared);
    }

    private static void Unary<TRule>(Fault[] faults) where TRule : struct, IUnaryRule<TRule> =>
        Plant(typeof(TRule).Name, faults, fault => FaultyRule<TRule>.Planted = fault, KinkLawTests.HoldUnary<FaultyRule<TRule>>);

    private static void Binary<TRule>(params Fault[] faults) where TRule : struct, IBinaryRule<TRule> =>
        Plant(typeof(TRule).Name, faults, fault => FaultyBinaryRule<TRule>.Planted = fault,
            KinkLawTests.HoldBinary<FaultyBinaryRule<TRule>>);

    private static void Plant(string rule, Fault[] faults, Action<Fault> plant, Action law)
    {
        plant(Fault.None);
        law();
        foreach (Fault fault in faults)
        {
            plant(fault);
            Should.Throw<ShouldAssertException>(law, $"{fault} in {rule}");
        }
        plant(Fault.None);
    }
}
