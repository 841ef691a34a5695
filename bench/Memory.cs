using AutoDiff.Engine;
using AutoDiff.Hvp;

namespace AutoDiff.Bench;

/// <summary>Bytes a scalar operation takes, and what repeated calls allocate.</summary>
internal static class Memory
{
    public static void Report()
    {
        Workload workload = Workload.Mixture();
        Recorder recorder = Recorder.Begin(workload.Point);
        workload.Lambda.Evaluate(recorder);
        Recording recording = recorder.Seal();
        recorder.End();
        double recorded = (double)recording.BytesUsed / recording.InstructionCount;
        Console.WriteLine($"memory: {recorded:F2} B recorded per scalar operation of the GMM; {recorded + 8:F2} B with adjoints (gradient), {recorded + 24:F2} B with tangents (Hv)");

        double[] v = new double[workload.Point.Length], product = new double[v.Length];
        v.AsSpan().Fill(1);
        using LocalModel at = workload.Lambda.At(workload.Point);
        at.Hessian.Apply(v, product);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            at.Hessian.Apply(v, product);
        Console.WriteLine($"allocated by 10 repeated Hv: {GC.GetAllocatedBytesForCurrentThread() - before} B");
    }
}
