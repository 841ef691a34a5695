using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>What a partial of 0 says of its operand (see <see cref="Zeros"/>).</summary>
internal enum PartialKind
{
    /// <summary>Nothing: it came out as 0.</summary>
    Live,

    /// <summary>It is the slope of a function that levels off, of an argument that overflowed: it is not known.</summary>
    Slope,

    /// <summary>It is structural: the operand was not chosen, or the factor depends on no variable.</summary>
    Share,

    /// <summary>The partial is itself a derivative, and its sign tells.</summary>
    Derivative,
}

/// <summary>A kind as a type, for rules.</summary>
internal interface IPartialKind
{
    static abstract PartialKind Kind { get; }

    readonly struct Live : IPartialKind
    {
        public static PartialKind Kind => PartialKind.Live;
    }

    readonly struct Slope : IPartialKind
    {
        public static PartialKind Kind => PartialKind.Slope;
    }

    readonly struct Share : IPartialKind
    {
        public static PartialKind Kind => PartialKind.Share;
    }

    readonly struct Derivative : IPartialKind
    {
        public static PartialKind Kind => PartialKind.Derivative;
    }
}

/// <summary>What the slope of a rule of one variable says when it is 0.</summary>
internal static class SlopeKind<TRule> where TRule : struct, IUnaryRule<TRule>
{
    /// <summary>Where an input is infinite slopes at infinity are limits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PartialKind Of(bool isAtInfinity) =>
        TRule.IsSelection ? PartialKind.Share : TRule.LevelsOff && !isAtInfinity ? PartialKind.Slope : PartialKind.Live;
}

/// <summary>What the partials of a rule of two variables say when they are 0.</summary>
internal static class PartialKinds<TRule> where TRule : struct, IBinaryRule<TRule>
{
    /// <summary>The partial by x, beside a y that depends on a variable or does not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PartialKind X(bool yVaries) =>
        TRule.IsSelection || TRule.IsProduct && !yVaries ? PartialKind.Share : TRule.IsMarked ? PartialKind.Derivative : PartialKind.Live;

    /// <summary>The partial by y, beside an x that depends on a variable or does not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PartialKind Y(bool xVaries) =>
        TRule.IsSelection || TRule.IsFlatInY || TRule.IsShare || TRule.IsProduct && !xVaries ? PartialKind.Share : PartialKind.Live;
}
