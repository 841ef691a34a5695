namespace AutoDiff.Tests.Core.Arrays;

/// <summary>Cases of systems of equations, decompositions and determinants. The matrices' diagonals are raised, so that textbook
/// elimination needs no exchanges; the library's rows are exchanged.</summary>
internal static class DecompositionCases
{
    public static IEnumerable<ArrayCase> All => new[] { 0, 1, 2, 5, 9 }.SelectMany(n => Systems(n).Concat(Others(n)));

    private static IEnumerable<ArrayCase> Systems(int n)
    {
        // Reversing rows makes the library pivot at every step.
        int[] reversed = [.. Enumerable.Range(0, n * n).Select(k => (n - 1 - k / n) * n + k % n)];
        double[,] constants = MatrixCases.Constants(n, 2);
        foreach ((int m, bool ta, bool tb) in from m in new[] { 0, 1, 3 } from ta in new[] { false, true } from tb in new[] { false,
            true } select (m, ta, tb))
        {
            ArrayCase Case(string how, string member,
                Func<VarMatrix, VarMatrix, VarMatrix> recorded, Func<HyperMatrix, HyperMatrix, HyperMatrix> plain) => new(
                $"{member} {how}, n = {n}, m = {m}, transposed {ta} {tb}", [$"VarMatrix.{member}"], Raised(n, n * m),
                x => recorded(MatrixCases.Take(x, 0, n, n, ta), MatrixCases.Take(x, n * n, n, m, tb)).Flatten(),
                x => plain(MatrixCases.Take(x, 0, n, n, ta), MatrixCases.Take(x, n * n, n, m, tb)).Flat);
            yield return Case("of two", "Solve(VarMatrix)", (a, b) => a.Solve(b), (a, b) => a.Solve(b).Solution);
            yield return Case("with pivots", "Solve(VarMatrix)",
                (a, b) =>
                    a.Flatten().Gather(reversed).Reshape(n, n).Solve(b), (a, b) =>
                    new HyperMatrix(n, n, (i, j) => i == j ? 1 : 0).Solve(
                    a.Solve(new HyperMatrix(n, m, (i, j) => b[n - 1 - i, j])).Solution).Solution);
            foreach (int kind in Enumerable.Range(0, 8))
            {
                (bool lower, bool transposed, bool unit) = ((kind & 1) != 0, (kind & 2) != 0, (kind & 4) != 0);
                yield return Case($"lower {lower}, transposed {transposed}, unit {unit}",
                    "SolveTriangular(VarMatrix,Boolean,Boolean,Boolean)",
                    (a, b) => a.SolveTriangular(b, lower, transposed, unit),
                    (a, b) => Triangle(a, lower, transposed, unit).Solve(b).Solution);
            }
            if (ta || tb || m != 1)
                continue;
            yield return Case("of a vector", "Solve(VarVector)", (a, b) => a.Solve(b.Flatten()), (a, b) => a.Solve(b).Solution);
            yield return Case("of a vector", "SolveTriangular(VarVector,Boolean,Boolean,Boolean)", (a, b) => a.SolveTriangular(b.Flatten()),
                (a, b) => Triangle(a, true, false, false).Solve(b).Solution);
            yield return Case("of constants", "Solve(VarMatrix)", (a, _) => a.Solve(constants),
                (a, _) => a.Solve(new HyperMatrix(n, 2, (i, j) => constants[i, j])).Solution);
            yield return Case("of itself's square", "Solve(VarMatrix)", (a, _) => a.Solve(a * a),
                (a, _) => a.Solve(new HyperMatrix(n, n, (i, j) => a[i, j] * a[i, j])).Solution);
            yield return Case("by constants", "Solve(VarMatrix)", (a, b) => (VarMatrix.Identity(n) * 2).Solve(b),
                (a, b) => new HyperMatrix(n, 1, (i, j) => b[i, j] / 2));
        }
    }

    private static IEnumerable<ArrayCase> Others(int n)
    {
        foreach (bool transposed in new[] { false, true })
        {
            ArrayCase Case(string member, Func<VarMatrix, VarVector> recorded, Func<HyperMatrix, IEnumerable<HyperDual>> plain) => new(
                $"{member}, n = {n}, transposed {transposed}", [$"VarMatrix.{member}"], Raised(n, 0),
                x => recorded(MatrixCases.Take(x, 0, n, n, transposed)), x => [.. plain(MatrixCases.Take(x, 0, n, n, transposed))]);
            HyperMatrix identity = HyperMatrix.Identity(n);
            yield return Case("Cholesky()", a => a.Cholesky().Flatten(), a => a.Cholesky().Flat);
            yield return Case("LogDeterminantPositiveDefinite()", a => VarVector.Of(a.LogDeterminantPositiveDefinite()),
                a => [2 * HyperDual.Sum(Enumerable.Range(0, n).Select(i => HyperDual.Log(a.Cholesky()[i, i])))]);
            yield return Case("LogDeterminant()", a => VarVector.Of((-a).LogDeterminant()),
                a => [HyperDual.Log(a.Solve(identity).Determinant)]);
            yield return Case("Determinant()", a => VarVector.Of(a.Determinant() / Math.Pow(n + 1.0, n)),
                a => [a.Solve(identity).Determinant / Math.Pow(n + 1.0, n)]);
            yield return Case("Inverse()", a => a.Inverse().Flatten(), a => a.Solve(identity).Solution.Flat);
            yield return Case("Trace()", a => VarVector.Of(a.Trace()), a => [HyperDual.Sum(Enumerable.Range(0, n).Select(i => a[i, i]))]);
            yield return Case("Diagonal(VarVector)", a => VarMatrix.Diagonal(a.SumRows()).Flatten(),
                a => new HyperMatrix(n, n, (i, j) => i == j ? HyperDual.Sum(a.Transpose().EachRow.ElementAt(i)) : 0).Flat);
            yield return Case("Identity(Int32)", a => (a + VarMatrix.Identity(n)).Flatten(),
                a => new HyperMatrix(n, n, (i, j) => a[i, j] + (i == j ? 1 : 0)).Flat);
        }
    }

    private static HyperMatrix Triangle(HyperMatrix a, bool lower, bool transposed, bool unit)
    {
        HyperMatrix triangle = new(a.Rows, a.Rows, (i, j) => i == j ? (unit ? 1 : a[i, i]) : lower == i > j ? a[i, j] : 0);
        return transposed ? triangle.Transpose() : triangle;
    }

    /// <summary>An n×n matrix whose diagonal exceeds the rest of its rows, and further numbers.</summary>
    private static double[] Raised(int n, int more)
    {
        double[] x = ArrayCase.Numbers(n * n + more, 21);
        for (int i = 0; i < n; i++)
            x[i * (n + 1)] = n + 1 + 0.1 * i;
        for (int k = 0; k < n * n; k++)
            x[k] = k % (n + 1) == 0 ? x[k] : 0.8 * x[k];
        return x;
    }
}
