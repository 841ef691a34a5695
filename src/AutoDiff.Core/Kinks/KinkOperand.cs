namespace AutoDiff.Engine;

/// <summary>One of the two numbers whose difference is a kink's argument: a slot and its value, or a constant, whose slot is −1.</summary>
internal readonly record struct KinkOperand(int Slot, double Value)
{
    public static KinkOperand Constant(double value) => new(-1, value + 0.0); // −0 and 0 are the same place.

    public static KinkOperand Of(Var x) => x.IsConstant ? Constant(x.Bits) : new(x.Slot, x.Primal);

    public bool IsConstant => Slot < 0;

    /// <summary>The number in the recording under way.</summary>
    public Var In(Recorder recorder) => IsConstant ? Value : new Var(recorder, recorder.EpochWord | (uint)Slot);
}
