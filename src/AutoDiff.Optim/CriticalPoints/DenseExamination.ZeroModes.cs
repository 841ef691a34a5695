using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Symmetries;

namespace AutoDiff.Optim.CriticalPoints;

/// <content>Eigenvalues that are zero because f has a symmetry, or is level along a manifold.</content>
internal sealed partial class DenseExamination
{
    // The zero modes of a symmetry that is declared, or found where eigenvalues are zero, are taken out if H·T = 0 to working accuracy.
    private void SettleSymmetry(RandomStream random)
    {
        bool isFound = false;
        if (!_isDeclared && space.Symmetry is null && Array.Exists(H.Values, value => Math.Abs(value) <= NearlyZero * (H.Error + _noise)))
        {
            if (space.CheckInvariance(_polish.Point, _polish.Gradient, random) is { } check
                && SymmetryDetector.Find(check, space.Dimension) is { } found)
            {
                space.Symmetry = found;
                space.Linearize(_polish.Point, _polish.Gradient);
                _polish.Take(H.On(space.Complement()));
                isFound = true;
            }
        }
        if (H.ZeroModes == 0)
            return;
        double coupling = H.Coupling, allowed = 10 * Math.Sqrt(H.ZeroModes) * (H.Error + _noise)
            + Vectors.Norm(_polish.Gradient) * Turning(random);
        if (coupling > allowed)
        {
            if (_isDeclared)
                Findings.Refuse(space.Symmetry!, coupling, allowed);
            space.Symmetry = Symmetry.None;
            _polish.Take(H.On(null));
            return;
        }
        Findings.TakeOut(H.ZeroModes, space.Symmetry!, _isDeclared, coupling);
        if (isFound && _end == PolishEnd.Lost)
        {
            _polish = new Polish(space, _polish.Point);
            _end = _polish.Run(products.FormDense(space));
            if (_polish.Curvature is not DenseCurvature)
                _polish.Return(products.FormDense(space));
            Locate();
            Measure(ref random);
        }
        Report();
    }

    // By how much the tangents turn for a step of length 1: with it the gradient that is left makes an H·t of its own.
    private double Turning(RandomStream random)
    {
        double[] direction = new double[_polish.Point.Length], beside = new double[direction.Length];
        random.FillNormal(direction);
        double size = Vectors.Norm(_polish.Point), step = 1e-6 * (size > 0 ? size : 1), largest = 0;
        Vectors.Scale(step / Vectors.Norm(direction), direction, direction);
        Vectors.Move(_polish.Point, 1, direction, beside);
        List<double[]> here = [], there = [];
        space.Symmetry!.AddTangents(space.Full(_polish.Point), here);
        space.Symmetry!.AddTangents(space.Full(beside), there);
        for (int i = 0; i < Math.Min(here.Count, there.Count); i++)
            largest = Math.Max(largest, Vectors.Distance(here[i], there[i]) / step);
        return 10 * largest * Math.Sqrt(direction.Length);
    }

    // True if null directions drawn at random lead along one manifold of critical points, which makes them zero modes and leaves the
    // verdict to the rest: manifolds of fewer dimensions, or several that cross, are not met by a random direction.
    private bool LookForManifold(NullSpace kernel, double[] flattest, RandomStream random)
    {
        if (!products.Allows(10 * space.Dimension))
        {
            Findings.Tell("Whether a curve of critical points runs through it was not looked at, which takes "
                + $"{10 * space.Dimension} products or more (MaxProducts)");
            return false;
        }
        bool isManifold = kernel.RangeSign != 0 && !_hasFallen; // Where f falls unseen by its derivatives, it may do so along the curve.
        if (kernel.Dimension > 1)
        {
            double[] coefficients = new double[kernel.Dimension];
            for (int path = 0; path < RandomPaths && isManifold; path++)
            {
                random.FillNormal(coefficients);
                Vectors.Scale(1 / Vectors.Norm(coefficients), coefficients, coefficients);
                isManifold = Follow(kernel.Combine(coefficients), kernel.Dimension);
            }
        }
        isManifold = Follow(flattest, kernel.Dimension) && isManifold;
        for (int i = 0; i < kernel.Dimension && !Findings.IsNonIsolated; i++)
            Follow(kernel.Basis[i], kernel.Dimension);
        space.Linearize(_polish.Point, _polish.Gradient);
        Findings.Tell(Findings.IsNonIsolated
            ? "f stays as it is along a curve of critical points through this one: it is not isolated"
                + (kernel.RangeSign < 0 ? "" : ", and nothing lower was found")
            : "No curve of critical points was found to run through it");
        if (!isManifold && !products.Allows(space.Dimension))
            Findings.Tell("Not all null directions could be followed to the end: the products did not suffice (MaxProducts)");
        if (!isManifold)
            return false;
        Findings.TakeOut(Findings.ZeroModes + kernel.Dimension, Findings.ZeroModes > 0 ? $"{Findings.Motions} and null directions"
            : "null directions");
        (Findings.Index, Findings.IsDegenerate) = (kernel.RangeSign > 0 ? 0 : H.Dimension - kernel.Dimension, false);
        verdict.Decide(kernel.RangeSign > 0 ? CriticalPointKind.Minimum : CriticalPointKind.Maximum, CriticalPointProof.Numerical,
            kernel.Dimension == 1 ? "One eigenvalue stays zero all the way: it belongs to f, and the others decide"
            : $"So it does along random directions among them, and {kernel.Dimension} eigenvalues stay zero all the way: "
                + "they belong to f, and the others decide");
        return true;
    }

    private bool Follow(double[] direction, int nullity)
    {
        FlatPath path = FlatManifold.Follow(space, _polish.Point, _polish.Value, direction, nullity, products);
        Findings.IsNonIsolated |= path != FlatPath.None;
        return path == FlatPath.Regular;
    }
}
