using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>ADBench's bundle adjustment as lambdas (see <see cref="BundleAdjustment"/> for the formula): the residuals are written once,
/// over scalars (one observation) and over vectors (many observations side by side).</summary>
public static class BundleAdjustmentLambda
{
    /// <summary>The parameters of an observation: its camera's, its point's and its weight.</summary>
    public const int ParameterCount = WeightPlace + 1;

    private const int PointPlace = BundleAdjustmentData.CameraSize, WeightPlace = PointPlace + 3;

    /// <summary>The three residuals of an observation that saw the feature (<paramref name="u"/>, <paramref name="v"/>).</summary>
    public static VectorFunction Observation(double u, double v) => VectorFunction.Of(x =>
    {
        Var[] own = x.ToArray();
        (Var r0, Var r1, Var r2) = Residuals(own, Turn(SquaredAngle<Var>(own)), u, v);
        return VarVector.Of(r0, r1, r2);
    });

    /// <summary>The residuals of as many observations as there are features. Parameters and residuals stand kind by kind: first the first
    /// of every observation.</summary>
    public static VectorFunction Observations(double[] u, double[] v) => VectorFunction.Of(x =>
    {
        VarVector[] own = [.. Enumerable.Range(0, ParameterCount).Select(j => x.Slice(j * u.Length, u.Length))];
        (VarVector r0, VarVector r1, VarVector r2) = Residuals<VarVector>(own, Turn(SquaredAngle<VarVector>(own)), u, v);
        return VarVector.Concat(r0, r1, r2);
    });

    /// <summary>The two residuals of projection of all observations, one observation after the other in scalars; features may change
    /// between calls.</summary>
    public static VectorFunction Projections(Data u, Data v) => VectorFunction.Of(x =>
    {
        Var[] own = new Var[ParameterCount], results = new Var[2 * u.Length];
        for (int i = 0; i < u.Length; i++)
        {
            for (int j = 0; j < own.Length; j++)
                own[j] = x[j * u.Length + i];
            (results[i], results[u.Length + i], _) = Residuals(own, Turn(SquaredAngle<Var>(own)), u[i], v[i]);
        }
        return VarVector.Of(results);
    });

    /// <summary>The residuals of weights.</summary>
    public static VectorFunction Weights { get; } = VectorFunction.Of(w => 1 - w * w);

    /// <summary>All residuals, in the order of <see cref="BundleAdjustment.Residuals"/>.</summary>
    public static void Residuals(BundleAdjustmentData data, ReadOnlySpan<double> x, Span<double> residuals)
    {
        Span<double> own = stackalloc double[ParameterCount];
        for (int i = 0; i < data.ObservationCount; i++)
        {
            Gather(data, x, i, own);
            double[] values = Observation(data.Features[2 * i], data.Features[2 * i + 1]).Value(own);
            (residuals[2 * i], residuals[2 * i + 1], residuals[2 * data.ObservationCount + i]) = (values[0], values[1], values[2]);
        }
    }

    /// <summary>The nonzeros of the whole Jacobian, in the blocks of <see cref="BundleAdjustment.Jacobian"/>: one small dense Jacobian an
    /// observation.</summary>
    public static void Jacobian(BundleAdjustmentData data, ReadOnlySpan<double> x, Span<double> blocks)
    {
        Span<double> own = stackalloc double[ParameterCount];
        for (int i = 0; i < data.ObservationCount; i++)
        {
            Gather(data, x, i, own);
            double[,] dense = Observation(data.Features[2 * i], data.Features[2 * i + 1]).Jacobian(own);
            for (int j = 0; j < ParameterCount; j++)
                Put(dense[0, j], dense[1, j], dense[2, j], j, blocks.Slice(i * BundleAdjustment.BlockSize, BundleAdjustment.BlockSize));
        }
    }

    /// <summary>The same from vectors of 256 observations. No observation depends on another's parameters, so the sum of all first
    /// residuals has the first rows of all Jacobians for its gradient, and three such sums give all rows.</summary>
    public static void JacobianOfVectors(BundleAdjustmentData data, ReadOnlySpan<double> x, Span<double> blocks)
    {
        for (int first = 0; first < data.ObservationCount; first += MostAtOnce)
        {
            int count = Math.Min(MostAtOnce, data.ObservationCount - first);
            double[] all = new double[ParameterCount * count], u = new double[count], v = new double[count];
            Gather(data, x, first, count, all, u, v);
            using JacobianOperator residuals = Observations(u, v).At(all);
            double[][] rows = [.. Enumerable.Range(0, BundleAdjustment.ResidualSize).Select(
                row => residuals.ApplyTranspose(Ones(row, count, residuals.Rows)))];
            for (int i = 0; i < count; i++)
                Put(rows[0], rows[1], rows[2].AsSpan(WeightPlace * count), i,
                    blocks.Slice((first + i) * BundleAdjustment.BlockSize, BundleAdjustment.BlockSize));
        }
    }

    /// <summary>The compiled residuals of 256 observations at a time, written in scalars. Those of the weights are a function of their
    /// own.</summary>
    public sealed class Compiled
    {
        private readonly Data _u = Data.Of(new double[MostAtOnce]), _v = Data.Of(new double[MostAtOnce]);
        private readonly VectorFunction _projections, _weights;
        private readonly double[] _all = new double[ParameterCount * MostAtOnce], _features = new double[2 * MostAtOnce];
        private readonly double[][] _rows =
            [new double[ParameterCount * MostAtOnce], new double[ParameterCount * MostAtOnce], new double[MostAtOnce]];
        private readonly double[][] _seeds =
            [Ones(0, MostAtOnce, 2 * MostAtOnce), Ones(1, MostAtOnce, 2 * MostAtOnce), Ones(0, MostAtOnce, MostAtOnce)];

        /// <summary>Compiles at the parameters of the first observations.</summary>
        public Compiled(BundleAdjustmentData data, ReadOnlySpan<double> x)
        {
            Gather(data, x, 0);
            _projections = Projections(_u, _v).Compile(_all);
            _weights = Weights.Compile(_all.AsSpan(WeightPlace * MostAtOnce));
        }

        /// <summary>The nonzeros of the whole Jacobian.</summary>
        public void Jacobian(BundleAdjustmentData data, ReadOnlySpan<double> x, Span<double> blocks)
        {
            for (int first = 0; first < data.ObservationCount; first += MostAtOnce)
            {
                Gather(data, x, first);
                using JacobianOperator projections = _projections.At(_all), weights = _weights.At(_all.AsSpan(WeightPlace * MostAtOnce));
                projections.ApplyTranspose(_seeds[0], _rows[0]);
                projections.ApplyTranspose(_seeds[1], _rows[1]);
                weights.ApplyTranspose(_seeds[2], _rows[2]);
                for (int i = 0; i < Math.Min(MostAtOnce, data.ObservationCount - first); i++)
                    Put(_rows[0], _rows[1], _rows[2], i,
                        blocks.Slice((first + i) * BundleAdjustment.BlockSize, BundleAdjustment.BlockSize));
            }
        }

        // Fewer observations at the end leave those of before in their places.
        private void Gather(BundleAdjustmentData data, ReadOnlySpan<double> x, int first)
        {
            Span<double> u = _features.AsSpan(0, MostAtOnce), v = _features.AsSpan(MostAtOnce);
            BundleAdjustmentLambda.Gather(data, x, first, Math.Min(MostAtOnce, data.ObservationCount - first), _all, u, v);
            _u.Set(u);
            _v.Set(v);
        }
    }

    private const int MostAtOnce = 256;

    // 1 for every residual of a kind.
    private static double[] Ones(int kind, int count, int length)
    {
        double[] seed = new double[length];
        seed.AsSpan(kind * count, count).Fill(1);
        return seed;
    }

    // The rows of observation i from those of all observations, and what the weight's residual has by the weight, by which alone it varies.
    private static void Put(ReadOnlySpan<double> row0, ReadOnlySpan<double> row1, ReadOnlySpan<double> byWeight, int i, Span<double> block)
    {
        int width = row0.Length / ParameterCount;
        for (int j = 0; j < ParameterCount; j++)
            (block[j], block[ParameterCount + j]) = (row0[j * width + i], row1[j * width + i]);
        block[^1] = byWeight[i];
    }

    // Parameters kind by kind, with a distance of u's length.
    private static void Gather(
        BundleAdjustmentData data, ReadOnlySpan<double> x, int first, int count, Span<double> all, Span<double> u, Span<double> v)
    {
        Span<double> own = stackalloc double[ParameterCount];
        for (int i = 0; i < count; i++)
        {
            Gather(data, x, first + i, own);
            for (int j = 0; j < ParameterCount; j++)
                all[j * u.Length + i] = own[j];
            (u[i], v[i]) = (data.Features[2 * (first + i)], data.Features[2 * (first + i) + 1]);
        }
    }

    /// <summary>Column j of an observation's Jacobian; the weight's residual depends on nothing but the weight.</summary>
    private static void Put(double row0, double row1, double row2, int j, Span<double> block)
    {
        (block[j], block[ParameterCount + j]) = (row0, row1);
        if (j == WeightPlace)
            block[^1] = row2;
    }

    private static void Gather(BundleAdjustmentData data, ReadOnlySpan<double> x, int observation, Span<double> own)
    {
        x.Slice(data.CameraOffset(observation), BundleAdjustmentData.CameraSize).CopyTo(own);
        x.Slice(data.PointOffset(observation), 3).CopyTo(own[PointPlace..]);
        own[WeightPlace] = x[data.WeightOffset(observation)];
    }

    private static (T R0, T R1, T R2) Residuals<T>(ReadOnlySpan<T> x, (T Cos, T A, T B) turn, T u, T v) where T : struct, IScalar<T>
    {
        T weight = x[WeightPlace];
        (T y0, T y1, T y2) = Rotate(turn, x[0], x[1], x[2], x[PointPlace] - x[3], x[PointPlace + 1] - x[4], x[PointPlace + 2] - x[5]);
        T a = y0 / y2, b = y1 / y2;
        T rho = a * a + b * b;
        T scale = x[6] * (1 + x[9] * rho + x[10] * rho * rho);
        return (weight * (scale * a + x[7] - u), weight * (scale * b + x[8] - v), 1 - weight * weight);
    }

    /// <summary>Rodrigues' formula: cos θ X + A ω×X + B(ωᵀX)ω.</summary>
    private static (T Y0, T Y1, T Y2) Rotate<T>((T Cos, T A, T B) turn, T w0, T w1, T w2, T x0, T x1, T x2) where T : struct, IScalar<T>
    {
        (T cos, T a, T b) = turn;
        T along = b * (w0 * x0 + w1 * x1 + w2 * x2);
        return (
            cos * x0 + a * (w1 * x2 - w2 * x1) + along * w0,
            cos * x1 + a * (w2 * x0 - w0 * x2) + along * w1,
            cos * x2 + a * (w0 * x1 - w1 * x0) + along * w2);
    }

    /// <summary>θ².</summary>
    private static T SquaredAngle<T>(ReadOnlySpan<T> x) where T : struct, IScalar<T> => x[0] * x[0] + x[1] * x[1] + x[2] * x[2];

    /// <summary>cos θ, A = sin θ/θ, B = (1 − cos θ)/θ². At θ = 0 their limits, whose derivatives are zero like those of the functions of
    /// ω.</summary>
    private static (Var Cos, Var A, Var B) Turn(Var squared) => squared > 0 ? TurnBy(squared) : (1, 1, 0.5);

    private static (VarVector Cos, VarVector A, VarVector B) Turn(VarVector squared)
    {
        Mask turns = squared > 0;
        (VarVector cos, VarVector a, VarVector b) = TurnBy(Math.Where(turns, squared, (Var)1));
        return (Math.Where(turns, cos, (Var)1), Math.Where(turns, a, (Var)1), Math.Where(turns, b, (Var)0.5));
    }

    private static (T Cos, T A, T B) TurnBy<T>(T squared) where T : struct, IScalar<T>
    {
        T theta = T.Sqrt(squared), half = T.Sin(0.5 * theta);
        return (T.Cos(theta), T.Sin(theta) / theta, 2 * half * half / squared); // 2 sin²(θ/2) is 1 − cos θ without its cancellation.
    }
}
