namespace AutoDiff.Tests.Reference;

/// <summary>f and ‖∇f‖₂ at the starts of the thirteen reference problems, by the functions of bench/scipy_counts.py.</summary>
internal static class ReferenceStarts
{
    public static (double Value, double Gradient)[] All { get; } =
    [
        (24.199999999999996, 232.8676877542266),
        (12099.999999999996, 5207.079795816457),
        (215.00000000000003, 458.7766341042229),
        (19192.0, 16397.12560176326),
        (999998000003.0, 2000000.0),
        (1.1352617173483783, 20000.73556071284),
        (14.203125, 27.75),
        (2500.0, 1879.6354942005228),
        (7926693.336997433, 2140490.6724316664),
        (30.0, 213.59297911112498),
        (1011.0, 256.70216204777086),
        (5049.0, 3513.1461683226335),
        (24926.000000000004, 7200.758293402161),
    ];
}
