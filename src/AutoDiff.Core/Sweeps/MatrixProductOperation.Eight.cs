using System.Buffers;

namespace AutoDiff.Engine;

/// <content>Eight directions, which stand side by side in memory: each is taken out, multiplied, and put back.</content>
internal sealed unsafe partial class MatrixProductOperation
{
    private static void TangentEight(Workspace w, int a, int length, int z)
    {
        Layout layout = new(w.Extra + a);
        int xLength = layout.M * layout.K, yLength = layout.K * layout.N;
        double[] rented = ArrayPool<double>.Shared.Rent(Math.Max(xLength, yLength) + length);
        Span<double> dot = rented.AsSpan(0, length), operand = rented.AsSpan(length);
        for (int direction = 0; direction < Eight.Count; direction++)
        {
            dot.Clear();
            if (layout.X.IsActive)
                IeeeProduct.Accumulate(
                    layout.M, layout.N, layout.K, Directions.Take(w.Dots, layout.X.Slot, direction, operand[..xLength]), layout.TransposeX,
                    layout.YValues(w), layout.TransposeY, dot);
            if (layout.Y.IsActive)
                IeeeProduct.Accumulate(
                    layout.M, layout.N, layout.K, layout.XValues(w), layout.TransposeX,
                    Directions.Take(w.Dots, layout.Y.Slot, direction, operand[..yLength]), layout.TransposeY, dot);
            Directions.Put(dot, w.Dots, z, direction);
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    private static void AdjointTangentEight(Workspace w, int a, int length, int z)
    {
        Layout layout = new(w.Extra + a);
        int xLength = layout.M * layout.K, yLength = layout.K * layout.N, larger = Math.Max(xLength, yLength);
        double[] rented = ArrayPool<double>.Shared.Rent(length + 2 * larger);
        Span<double> barDot = rented.AsSpan(0, length), operand = rented.AsSpan(length, larger),
            sum = rented.AsSpan(length + larger, larger);
        ReadOnlySpan<double> bar = new(w.Bars + z, length);
        for (int direction = 0; direction < Eight.Count; direction++)
        {
            Directions.Take(w.BarDots, z, direction, barDot);
            if (layout.X.IsActive)
            {
                Span<double> xBarDot = sum[..xLength];
                Directions.Take(w.BarDots, layout.X.Slot, direction, xBarDot);
                layout.AddToX<IeeeProduct>(barDot, layout.YValues(w), xBarDot);
                if (layout.Y.IsActive)
                    layout.AddToX<IeeeProduct>(bar, Directions.Take(w.Dots, layout.Y.Slot, direction, operand[..yLength]), xBarDot);
                Directions.Put(xBarDot, w.BarDots, layout.X.Slot, direction);
            }
            if (layout.Y.IsActive)
            {
                Span<double> yBarDot = sum[..yLength];
                Directions.Take(w.BarDots, layout.Y.Slot, direction, yBarDot);
                layout.AddToY<IeeeProduct>(barDot, layout.XValues(w), yBarDot);
                if (layout.X.IsActive)
                    layout.AddToY<IeeeProduct>(bar, Directions.Take(w.Dots, layout.X.Slot, direction, operand[..xLength]), yBarDot);
                Directions.Put(yBarDot, w.BarDots, layout.Y.Slot, direction);
            }
        }
        ArrayPool<double>.Shared.Return(rented);
    }
}
