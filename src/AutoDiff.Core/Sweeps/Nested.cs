namespace AutoDiff.Engine;

/// <summary>
/// Differentiation inside a differentiated function: the inner function is recorded into the caller's recording over inputs of its own (so
/// that an outer variable is a constant to it even if it is the same point), and the adjoint sweep over that stretch is recorded after it.
/// Everything else follows from that: a Jacobian times a vector is the transpose of its transpose, a Hessian times a vector the derivative
/// of a gradient.
/// </summary>
internal sealed class Nested
{
    private readonly Recorder _recorder;
    private readonly int _firstInstruction, _firstSlot, _firstReference;

    private Nested(Recorder recorder, VarVector inputs)
    {
        _recorder = recorder;
        Inputs = inputs;
        _firstInstruction = recorder.InstructionCount;
        _firstSlot = recorder.SlotCount;
        _firstReference = recorder.Flush().FirstRemembered;
    }

    /// <summary>The inner function's inputs: a copy of the point in slots of its own.</summary>
    public VarVector Inputs { get; }

    /// <summary>Starts a stretch at <paramref name="x"/>; null if x is constant and nothing is being recorded, so that plain numbers will
    /// do.</summary>
    public static Nested? Begin(VarVector x, string operation)
    {
        Recorder? owner = x.Live(operation);
        if ((owner ?? Recorder.Current) is not { } recorder)
            return null;
        Part(recorder);
        return new Nested(recorder, owner is null ? DataOperation.Record(recorder, x.View.Expand())
            : Structured.Linear<Rules.Copy>(x.View, 1, x.Length));
    }

    // A slot that nobody holds: scalars that follow one another are a vector as they are, and none is to reach across a stretch's start.
    private static void Part(Recorder recorder) => DataOperation.Record(recorder, [0.0]);

    /// <summary>∂⟨seed, output⟩/∂inputs, recorded.</summary>
    public VarVector Vjp(VarVector output, VarVector seed)
    {
        try
        {
            _recorder.Flush().VerifyReferences(_firstReference);
            RecordedAdjoint sweep = new(_recorder, _firstInstruction, _firstSlot, Inputs.Length);
            if (output.Live("The lambda's result") is not null)
                sweep.Add(output.View.Slot, Seeds(seed));
            return sweep.Run();
        }
        catch (Exception e)
        {
            _recorder.MarkFailed("A nested derivative", e); // An array function's rule, or an array that changed.
            throw;
        }
    }

    // A constant seed of exactly 0 is structural.
    private static VarVector Seeds(VarVector seed)
    {
        if (!seed.IsConstant)
            return seed;
        double[] constants = new double[seed.Length];
        Zeros.CopySeeds(seed.View.Expand(), constants);
        return constants;
    }

    /// <summary>∂output/∂inputs · v, recorded: the derivative along v of ∂outputᵀ·u, which is linear in u.</summary>
    public VarVector Jvp(VarVector output, VarVector v)
    {
        Part(_recorder);
        Nested transposed = new(_recorder, DataOperation.Record(_recorder, Seeds(new double[output.Length]).View.Expand()));
        return transposed.Vjp(Vjp(output, transposed.Inputs), v);
    }

    /// <summary>The product of output's Hessian by v, recorded: the derivative of ⟨gradient, v⟩.</summary>
    public VarVector Hvp(Var output, VarVector v) => Vjp(Vjp(VarVector.Of(output), new[] { 1.0 }), v);
}
