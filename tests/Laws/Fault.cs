namespace AutoDiff.Tests.Laws;

/// <summary>What is wrong with a planted copy of a rule or of an operation.</summary>
public enum Fault
{
    None,
    ValueScaled,
    LanesRotated,
    StaleValue,
    FirstNegated,
    FirstScaled,
    FirstOfYNegated,
    FirstOfYScaled,
    PartialsSwapped,
    SecondNegated,
    SecondScaled,
    SecondDropped,
    MixedDropped,
    AssignedAdjoint,
    AssignedTangentOfAdjoint,
    DroppedSecondOrderTerm,
    NotReplayed,
    KinkUndeclared,
    KinkMoved,
    PiecesExchanged,
}
