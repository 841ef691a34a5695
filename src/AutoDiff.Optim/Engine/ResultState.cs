namespace AutoDiff.Optim.Engine;

/// <summary>How the parts of a result are written to and read from a checkpoint.</summary>
internal static class ResultState
{
    public static void Write(this StateWriter state, Counts counts)
    {
        state.Write(counts.Values);
        state.Write(counts.Gradients);
        state.Write(counts.HessianVectorProducts);
        state.Write(counts.JacobianVectorProducts);
        state.Write(counts.VectorJacobianProducts);
    }

    public static Counts ReadCounts(this StateReader state) =>
        new(state.ReadLong(), state.ReadLong(), state.ReadLong(), state.ReadLong(), state.ReadLong());

    public static void Write(this StateWriter state, SaddleEscape escape)
    {
        state.Write((long)escape.Iteration);
        state.Write(escape.StepLength);
        state.Write(escape.ValueAfter);
        CriticalPoint p = escape.Point;
        state.Write((long)p.Kind);
        state.Write((long)p.Proof);
        state.Write(p.IsDegenerate);
        state.Write(p.IsNonIsolated);
        state.Write(p.X);
        state.Write(p.Value);
        state.Write(p.GradientNorm);
        state.Write(p.LowestEigenvalue);
        state.Write(p.LowestEigenvalueError);
        state.Write(p.LowestDirection);
        state.Write(p.HighestEigenvalue);
        state.Write(p.HighestEigenvalueError);
        state.Write(p.HighestDirection);
        state.Write((long)(p.Index ?? -1));
        state.Write((long)p.ZeroModes);
        state.Write(p.Motions);
        state.Write(p.Resolution);
        state.Write(p.FailureProbability);
        state.Write(p.Evidence);
        state.Write(p.Counts);
    }

    public static SaddleEscape ReadEscape(this StateReader state)
    {
        int iteration = state.ReadInt();
        double length = state.ReadDouble(), after = state.ReadDouble();
        CriticalPoint point = new()
        {
            Kind = (CriticalPointKind)state.ReadLong(),
            Proof = (CriticalPointProof)state.ReadLong(),
            IsDegenerate = state.ReadBool(),
            IsNonIsolated = state.ReadBool(),
            X = state.ReadArray(),
            Value = state.ReadDouble(),
            GradientNorm = state.ReadDouble(),
            LowestEigenvalue = state.ReadDouble(),
            LowestEigenvalueError = state.ReadDouble(),
            LowestDirection = state.ReadArray(),
            HighestEigenvalue = state.ReadDouble(),
            HighestEigenvalueError = state.ReadDouble(),
            HighestDirection = state.ReadArray(),
            Index = state.ReadInt() is var index and >= 0 ? index : null,
            ZeroModes = state.ReadInt(),
            Motions = state.ReadString(),
            Resolution = state.ReadDouble(),
            FailureProbability = state.ReadDouble(),
            Evidence = state.ReadString(),
            Counts = state.ReadCounts(),
        };
        return new SaddleEscape(iteration, point, length, after);
    }
}
