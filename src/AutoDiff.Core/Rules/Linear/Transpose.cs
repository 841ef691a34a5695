using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>The transpose of a matrix of [rows, columns], written out.</summary>
internal readonly struct Transpose : ILinearRule
{
    public static void Apply<T>(in LinearArguments arguments, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>
    {
        (int rows, int columns) = (arguments.Integers[0], arguments.Integers[1]);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                y[j * rows + i] = x[i * columns + j];
        }
    }

    public static void TransposeAdd<T>(in LinearArguments arguments, ReadOnlySpan<T> yBar, Span<T> xBar) where T : struct, IScalar<T>
    {
        (int rows, int columns) = (arguments.Integers[0], arguments.Integers[1]);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                xBar[i * columns + j] += yBar[j * rows + i];
        }
    }
}
