using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>Whether a quartic form is positive on the whole sphere, by a sum of squares: a Gram matrix X with Q(c) = vᵀXv, v the elements
/// of ccᵀ, that is positive definite. Not every positive form is such a sum.</summary>
/// <remarks>The Gram matrices of Q are an affine space (full symmetrization gives T) and those above t·I a cone; alternating projections
/// find a matrix of both where the cone's inside meets the space (L. M. Bregman 1965; sums of squares: P. A. Parrilo 2003). ‖v‖ = ‖c‖², so
/// that Q ≥ λmin(X) on the unit sphere, whatever t was aimed at.</remarks>
internal static class QuarticCertificate
{
    // N = ½m(m + 1) rows of the Gram matrix, O(N³) an iteration.
    private const int LargestDimension = 12, MostIterations = 60;

    // Aimed at: less than what the search found lowest, which a sum of squares need not reach.
    private const double Aim = 0.3;

    /// <summary>A number that the form exceeds on the unit sphere, with the rounding of the decomposition taken off; −∞ if none above zero
    /// is found.</summary>
    /// <param name="form">The quartic form.</param>
    /// <param name="lowest">Its lowest value as far as it is known.</param>
    public static double LowerBound(SymmetricForm form, double lowest)
    {
        if (form.Dimension > LargestDimension || !(lowest > 0))
            return double.NegativeInfinity;
        Gram gram = new(form);
        for (int i = 0; i < MostIterations; i++)
        {
            DenseSymmetric x = new(gram.Matrix);
            double bound = x.Values[0] - 2 * x.Error;
            if (bound > 0.1 * Aim * lowest)
                return bound;
            gram.Raise(x, Aim * lowest);
            gram.Restore();
        }
        return double.NegativeInfinity;
    }

    // X over the pairs i ≤ j, whose off-diagonal elements count twice: scaled by √2 the basis is orthonormal.
    private sealed class Gram
    {
        private readonly SymmetricForm _form;
        private readonly int[,] _pair;
        private readonly double[] _weight;

        public Gram(SymmetricForm form)
        {
            int m = form.Dimension, size = 0;
            _form = form;
            _pair = new int[m, m];
            _weight = new double[m * (m + 1) / 2];
            for (int i = 0; i < m; i++)
            {
                for (int j = i; j < m; j++)
                {
                    _weight[size] = i == j ? 1 : Math.Sqrt(2);
                    _pair[i, j] = _pair[j, i] = size++;
                }
            }
            Matrix = new double[size, size];
            Restore();
        }

        public double[,] Matrix { get; }

        /// <summary>The nearest matrix above t·I.</summary>
        public void Raise(DenseSymmetric x, double t)
        {
            int size = _weight.Length;
            double[] v = new double[size];
            for (int k = 0; k < size && x.Values[k] < t; k++)
            {
                x.CopyVector(k, v);
                for (int a = 0; a < size; a++)
                {
                    for (int b = 0; b < size; b++)
                        Matrix[a, b] += (t - x.Values[k]) * v[a] * v[b];
                }
            }
        }

        /// <summary>The nearest Gram matrix of the form: what full symmetrization is off by is added to all of its places.</summary>
        public void Restore()
        {
            int m = _form.Dimension;
            for (int i = 0; i < m; i++)
            {
                for (int j = i; j < m; j++)
                {
                    for (int k = j; k < m; k++)
                    {
                        for (int l = k; l < m; l++)
                        {
                            double off = _form[i, j, k, l] - (Get(i, j, k, l) + Get(i, k, j, l) + Get(i, l, j, k)) / 3;
                            Span<(int, int)> places = [(_pair[i, j], _pair[k, l]), (_pair[i, k], _pair[j, l]), (_pair[i, l], _pair[j, k])];
                            for (int p = 0; p < places.Length; p++)
                            {
                                if (places[..p].Contains(places[p]) || places[..p].Contains((places[p].Item2, places[p].Item1)))
                                    continue;
                                Add(places[p].Item1, places[p].Item2, off);
                            }
                        }
                    }
                }
            }
        }

        private double Get(int i, int j, int k, int l)
        {
            (int a, int b) = (_pair[i, j], _pair[k, l]);
            return Matrix[a, b] / (_weight[a] * _weight[b]);
        }

        private void Add(int a, int b, double element)
        {
            Matrix[a, b] += element * _weight[a] * _weight[b];
            if (a != b)
                Matrix[b, a] = Matrix[a, b];
        }
    }
}
