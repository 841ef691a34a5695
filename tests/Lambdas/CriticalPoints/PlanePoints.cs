using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>Textbook points in one and two variables, all at the origin.</summary>
internal static class PlanePoints
{
    public static IEnumerable<KnownInertia> All() =>
    [
        Line("cosh x - 1", x => Math.Cosh(x) - 1, 1, TrueKind.Minimum, 2),
        Line("x^3", x => x * x * x, 0, TrueKind.Saddle, 3),
        Line("x^4", x => Math.Pow(x, 4), 0, TrueKind.Minimum, 4),
        Line("-x^4", x => -Math.Pow(x, 4), 0, TrueKind.Maximum, 4),
        Line("x^5", x => Math.Pow(x, 5), 0, TrueKind.Saddle, 5),
        Line("x^6", x => Math.Pow(x, 6), 0, TrueKind.Minimum, 6),
        Plane("x^2+xy+y^2", (x, y) => x * x + x * y + y * y, [1, 3], TrueKind.Minimum, 2),
        Plane("-x^2-y^2", (x, y) => -x * x - y * y, [-2, -2], TrueKind.Maximum, 2),
        Plane("x^2-y^2", (x, y) => x * x - y * y, [-2, 2], TrueKind.Saddle, 2, t => (0, t), t => (t, 0)),
        .. Degenerate(),
    ];

    /// <summary>Those whose Hessian is singular, which higher orders have to decide.</summary>
    public static IEnumerable<KnownInertia> Degenerate() =>
    [
        Plane("monkey x^3-3xy^2", (x, y) => x * x * x - 3 * x * y * y, [0, 0], TrueKind.Saddle, 3, t => (-t, 0), t => (t, 0)),
        Plane("x^2+y^3", (x, y) => x * x + y * y * y, [0, 2], TrueKind.Saddle, 3, t => (0, -t), t => (0, t)),
        Plane("x^4+y^4", (x, y) => Math.Pow(x, 4) + Math.Pow(y, 4), [0, 0], TrueKind.Minimum, 4),
        Plane("x^2+y^4", (x, y) => x * x + Math.Pow(y, 4), [0, 2], TrueKind.Minimum, 4),
        Plane("x^2+xy^2+y^4", (x, y) => x * x + x * y * y + Math.Pow(y, 4), [0, 2], TrueKind.Minimum, 4),
        Plane("-x^4-y^4", (x, y) => -Math.Pow(x, 4) - Math.Pow(y, 4), [0, 0], TrueKind.Maximum, 4),
        Plane("-x^2-y^4", (x, y) => -x * x - Math.Pow(y, 4), [-2, 0], TrueKind.Maximum, 4),
        Plane("x^4-y^4", (x, y) => Math.Pow(x, 4) - Math.Pow(y, 4), [0, 0], TrueKind.Saddle, 4, t => (0, t), t => (t, 0)),
        Plane("x^2-y^4", (x, y) => x * x - Math.Pow(y, 4), [0, 2], TrueKind.Saddle, 4, t => (0, t), t => (t, 0)),
        Plane("Peano (y-x^2)(y-2x^2)", (x, y) => (y - x * x) * (y - 2 * x * x), [0, 2], TrueKind.Saddle, 4, t => (t, 1.5 * t * t),
            t => (t, 0)),
        Plane("x^2 y^2", (x, y) => x * x * y * y, [0, 0], TrueKind.NonIsolatedMinimum, 0),
    ];

    private static KnownInertia Line(string name, Func<Var, Var> f, double eigenvalue, TrueKind kind, int order) =>
        new(name, Objective.Of(x => f(x[0])), [0], [eigenvalue], kind, order,
            Path(kind != TrueKind.Minimum, t => [-t]), Path(kind != TrueKind.Maximum, t => [t]));

    private static KnownInertia Plane(
        string name, Func<Var, Var, Var> f, double[] spectrum, TrueKind kind, int order,
        Func<double, (double X, double Y)>? descent = null, Func<double, (double X, double Y)>? ascent = null) =>
        new(name, Objective.Of(x => f(x[0], x[1])), [0, 0], spectrum, kind, order, Pair(descent), Pair(ascent));

    private static Func<double, double[]>? Path(bool exists, Func<double, double[]> path) => exists ? path : null;

    private static Func<double, double[]>? Pair(Func<double, (double X, double Y)>? path) =>
        path is null ? null : t => path(t) is var (x, y) ? [x, y] : [];
}
