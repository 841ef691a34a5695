namespace AutoDiff;

/// <summary>How a compiled lambda is held to its promise.</summary>
public sealed record CompileOptions
{
    /// <summary>
    /// For debugging: every so many calls the lambda runs again at the point of the call, and what it does is compared, operation by
    /// operation and constant by constant, with what is repeated in its place; a difference throws a <see cref="NotReplayableException"/>
    /// that names it. 1 compares at every call; 0, the default, never does.
    /// </summary>
    /// <remarks>
    /// Found are captured numbers and arrays that have changed, in whichever element, and control flow that depends on anything but the
    /// point. A comparison that comes out otherwise than the one repeated, because its operands are equal but for rounding, is no
    /// difference. A comparison costs one run of the lambda and a walk through its recording.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int VerifyEvery
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(CompileOptions), PrintMembers);
}
