namespace AutoDiff.Optim.Engine;

/// <content>Saving a run, and going on with it with the same bits.</content>
internal sealed partial class Run
{
    public OptimizationResult FromCheckpoint(Checkpoint checkpoint)
    {
        string method = options.GetType().Name;
        if (checkpoint.Method != method)
            throw new ArgumentException(
                $"The checkpoint was taken by {checkpoint.Method}, which alone can go on from it; this is {method}.", nameof(checkpoint));
        Restore(checkpoint);
        return Go(iteration.UsesHessian ? Relinearize : GoOn);
    }

    private OptimizationStatus? Relinearize()
    {
        oracle.Relinearize(iteration.X);
        oracle.HasBegun = true;
        return null;
    }

    private OptimizationStatus? GoOn()
    {
        oracle.HasBegun = true;
        return null;
    }

    private Checkpoint TakeCheckpoint()
    {
        using StateWriter state = new();
        state.Write(bounds is null ? [] : bounds.Lower);
        state.Write(bounds is null ? [] : bounds.Upper);
        state.Write((long)_iterations);
        state.Write(_startValue);
        state.Write(_startCriticality);
        state.Write(_size);
        state.Write(_mostTolerance);
        _test.Store(state);
        state.Write(_minimization.Counts);
        state.Write(oracle.LowestValue);
        state.Write(oracle.BestValue);
        state.Write(oracle.Best);
        state.Write(oracle.BestGradient);
        state.Write((long)_escapes.Count);
        foreach (SaddleEscape escape in _escapes)
            state.Write(escape);
        state.Write(iteration.X);
        state.Write(iteration.Value);
        state.Write(iteration.Gradient);
        state.Write(iteration.StepLength);
        iteration.Store(state);
        return new Checkpoint(options.GetType().Name, iteration.Dimension, _iterations, state.ToArray());
    }

    private void Restore(Checkpoint checkpoint)
    {
        using StateReader state = new(checkpoint.State);
        if (!IsOf(bounds is null ? [] : bounds.Lower, state.ReadArray()) || !IsOf(bounds is null ? [] : bounds.Upper, state.ReadArray()))
            throw new InvalidDataException("The checkpoint was taken within other bounds. Resume with the bounds of the first run.");
        Restore(state);
        state.End();

        static bool IsOf(ReadOnlySpan<double> bound, double[] stored) => bound.SequenceEqual(stored);
    }

    private void Restore(StateReader state)
    {
        _iterations = state.ReadInt();
        _startValue = state.ReadDouble();
        _startCriticality = state.ReadDouble();
        _size = state.ReadDouble();
        _mostTolerance = state.ReadDouble();
        _test.Restore(state);
        _minimization.Counts = state.ReadCounts();
        oracle.Restore(state.ReadDouble(), state.ReadDouble(), state.ReadArray(), state.ReadArray());
        int escapes = state.ReadInt();
        for (int i = 0; i < escapes; i++)
            _escapes.Add(state.ReadEscape());
        state.ReadArray(iteration.X);
        iteration.Value = state.ReadDouble();
        state.ReadArray(iteration.Gradient);
        iteration.RestoreStep(state.ReadDouble());
        iteration.Restore(state);
        _isEvaluated = true;
    }
}
