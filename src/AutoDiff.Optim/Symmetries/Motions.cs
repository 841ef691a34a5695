using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Symmetries;

/// <summary>Shifts and turns of points whose coordinates follow each other.</summary>
/// <param name="dimensions">Coordinates of a point.</param>
/// <param name="shifts">Along which axes the points may be shifted.</param>
/// <param name="turns">In which planes they may be turned: of <see cref="Planes"/>.</param>
internal sealed class Motions(int dimensions, bool[] shifts, bool[] turns) : Symmetry
{
    private bool IsShiftedAllWays => Array.TrueForAll(shifts, isFree => isFree);

    internal override string Name =>
        Array.TrueForAll(turns, isFree => !isFree) ? "translations" : Array.Exists(shifts, isFree => isFree) ? "rigid motions"
        : "rotations";

    public static int CheckedForRotations(int dimensions) => dimensions is 2 or 3
        ? dimensions
        : throw new ArgumentOutOfRangeException(
            nameof(dimensions), dimensions,
            $"Rotations are known in 2 and 3 dimensions, not in {dimensions}. Give their tangents (Symmetry.Tangents).");

    /// <summary>(0, 1), and in space (0, 2) and (1, 2).</summary>
    public static (int A, int B)[] Planes(int dimensions) => dimensions switch
    {
        2 => [(0, 1)],
        3 => [(0, 1), (0, 2), (1, 2)],
        _ => [],
    };

    public static Motions Rigid(int dimensions) => new(dimensions, All(dimensions), All(Planes(dimensions).Length));

    public static Motions Shifts(int dimensions) => new(dimensions, All(dimensions), []);

    public static Motions Turns(int dimensions) => new(dimensions, new bool[dimensions], All(Planes(dimensions).Length));

    internal override void AddTangents(ReadOnlySpan<double> x, List<double[]> tangents)
    {
        if (x.Length % dimensions != 0)
            throw new ShapeMismatchException(
                $"Points of {dimensions} coordinates each do not make up {x.Length} variables. Declare the {Name} of the points alone (Symmetry.On).");
        List<double[]> kind = [];
        for (int axis = 0; axis < shifts.Length; axis++)
        {
            if (shifts[axis])
                kind.Add(Shift(x.Length, axis));
        }
        TangentSpace.Add(kind, tangents);
        kind.Clear();
        // Where all shifts are free, turns about the centre say the same and are told apart from shifts to all digits.
        double[] centre = IsShiftedAllWays ? Centre(x) : new double[dimensions];
        (int A, int B)[] planes = Planes(dimensions);
        for (int plane = 0; plane < turns.Length; plane++)
        {
            if (turns[plane])
                kind.Add(Turn(x, planes[plane], centre));
        }
        TangentSpace.Add(kind, tangents);
    }

    private static bool[] All(int count)
    {
        bool[] all = new bool[count];
        Array.Fill(all, true);
        return all;
    }

    private double[] Shift(int length, int axis)
    {
        double[] tangent = new double[length];
        for (int i = axis; i < length; i += dimensions)
            tangent[i] = 1;
        return tangent;
    }

    private double[] Turn(ReadOnlySpan<double> x, (int A, int B) plane, double[] centre)
    {
        double[] tangent = new double[x.Length];
        for (int i = 0; i < x.Length; i += dimensions)
        {
            tangent[i + plane.A] = -(x[i + plane.B] - centre[plane.B]);
            tangent[i + plane.B] = x[i + plane.A] - centre[plane.A];
        }
        return tangent;
    }

    private double[] Centre(ReadOnlySpan<double> x)
    {
        double[] centre = new double[dimensions];
        double share = (double)dimensions / x.Length;
        for (int i = 0; i < x.Length; i++)
            centre[i % dimensions] += share * x[i];
        return centre;
    }
}
