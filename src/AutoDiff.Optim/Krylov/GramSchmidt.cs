using System.Numerics.Tensors;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Krylov;

/// <summary>Orthogonalization against orthonormal vectors, one after the other (modified Gram–Schmidt).</summary>
internal static class GramSchmidt
{
    /// <summary>w −= v·(vᵀw); returns vᵀw.</summary>
    public static double Remove(Span<double> w, ReadOnlySpan<double> v)
    {
        double coefficient = Vectors.Dot(v, w);
        Vectors.AddScaled(-coefficient, v, w);
        return coefficient;
    }

    /// <summary>Removes the first <paramref name="count"/> vectors of a basis, the latest first.</summary>
    public static void RemoveAll(Span<double> w, List<double[]> basis, int count)
    {
        for (int i = count - 1; i >= 0; i--)
            Remove(w, basis[i]);
    }

    /// <summary>Makes <paramref name="w"/> a unit vector orthogonal to the first <paramref name="count"/> vectors of a basis and returns
    /// what was left of its length; 0, and w is not to be used, if that is at most <paramref name="threshold"/> of it.</summary>
    public static double Extend(Span<double> w, List<double[]> basis, int count, double threshold)
    {
        double norm = Vectors.Norm(w);
        if (norm == 0 || !double.IsFinite(norm))
            return 0;
        TensorPrimitives.Divide(w, norm, w);
        double rest = 1;
        for (int pass = 0; pass < 3; pass++)
        {
            RemoveAll(w, basis, count);
            double left = Vectors.Norm(w);
            rest *= left;
            if (rest <= threshold)
                return 0;
            TensorPrimitives.Divide(w, left, w);
        }
        return norm * rest;
    }
}
