using System.Globalization;
using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>Arrays as text: the first elements of each row, in the invariant culture. Nothing throws.</summary>
internal static class ArrayText
{
    private const int Shown = 8;

    /// <summary>Notes that the numbers leave as text, unless there is none of them in it.</summary>
    public static void Mark(ArrayView x, string kind)
    {
        if (x.Owner is Recorder owner && Stale(x, kind) is null)
            owner.MarkEscaped($"the text of a {kind} was made");
    }

    /// <summary>[x₀, x₁, …].</summary>
    public static string OfVector(ArrayView x, Func<double, string>? element = null) => Stale(x, "vector") ?? Row(x, 0, element ?? Number);

    /// <summary>[[a₀₀, a₀₁, …], [a₁₀, a₁₁, …], …].</summary>
    public static string OfMatrix(ArrayView x) => Stale(x, "matrix") ?? List(x.Rows, i => Row(x, i, Number), "rows");

    private static string Number(double x) => x.ToString("R", CultureInfo.InvariantCulture);

    private static string Row(ArrayView x, int row, Func<double, string> element) =>
        List(x.Columns, j => element(At(x, row * x.RowStride + j * x.ColumnStride)), "elements");

    private static string List(int count, Func<int, string> item, string unit) =>
        $"[{string.Join(", ", Enumerable.Range(0, Math.Min(count, Shown)).Select(item))}{(count > Shown ? $", … ({count} {unit})" : "")}]";

    private static string? Stale(ArrayView x, string kind) =>
        x.Owner is Recorder owner && !(owner.IsCurrent && (x.Word ^ owner.EpochWord) >> 32 == 0) ? $"stale {kind} {x.Shape}" : null;

    private static unsafe double At(ArrayView x, int offset) => x.Owner switch
    {
        Recorder recorder => recorder.Values[x.Slot + offset],
        Array array => ArrayView.First(array, (int)x.Word + offset),
        _ => BitConverter.UInt64BitsToDouble(x.Word),
    };
}
