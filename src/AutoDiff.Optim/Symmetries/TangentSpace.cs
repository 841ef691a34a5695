using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim.Symmetries;

/// <summary>From tangents to an orthonormal basis.</summary>
internal static class TangentSpace
{
    /// <summary>A tangent of which no more than this is left beside the others, in units of the longest of its kind, is none.</summary>
    private const double Dependent = 1e-7;

    /// <summary>Adds the tangents of one kind, scaled together so that the longest has length one.</summary>
    public static void Add(List<double[]> kind, List<double[]> tangents)
    {
        double longest = 0;
        foreach (double[] tangent in kind)
        {
            double norm = Vectors.Norm(tangent);
            if (!double.IsFinite(norm))
                throw new ArgumentException($"A tangent of the symmetry has length {norm}; tangents must be finite.");
            longest = Math.Max(longest, norm);
        }
        if (longest == 0)
            return;
        foreach (double[] tangent in kind)
        {
            Vectors.Scale(1 / longest, tangent, tangent);
            tangents.Add(tangent);
        }
    }

    /// <summary>Gram and Schmidt with the longest remainder first; twice, which is enough.</summary>
    public static double[][] Orthonormal(List<double[]> tangents)
    {
        List<double[]> left = [.. tangents], basis = [];
        while (left.Count > 0)
        {
            int best = 0;
            double longest = 0;
            for (int i = 0; i < left.Count; i++)
            {
                if (Vectors.Norm(left[i]) is var norm && norm > longest)
                    (best, longest) = (i, norm);
            }
            if (longest <= Dependent)
                break;
            double[] next = left[best];
            left.RemoveAt(best);
            Vectors.Scale(1 / longest, next, next);
            GramSchmidt.RemoveAll(next, basis, basis.Count);
            Vectors.Scale(1 / Vectors.Norm(next), next, next);
            basis.Add(next);
            foreach (double[] other in left)
                GramSchmidt.Remove(other, next);
        }
        return [.. basis];
    }
}
