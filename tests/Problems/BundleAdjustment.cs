namespace AutoDiff.Problems;

/// <summary>
/// The residuals of bundle adjustment, ADBench's BA: w(project(camera, point) − feature) and 1 − w². Projection: with X = point − centre,
/// Y = R(ω)X by <see cref="Rodrigues"/>, (a, b) = (Y₁, Y₂)/Y₃ and ρ = a² + b²: (1 + k₁ρ + k₂ρ²)·focal·(a, b) + principal point.
/// </summary>
public static class BundleAdjustment
{
    /// <summary>The residuals of an observation: two of projection, one of the weight.</summary>
    public const int ResidualSize = 3;

    /// <summary>
    /// The nonzeros of an observation's Jacobian: for each of the two projection residuals a row of 15 (camera, point, weight),
    /// then the weight residual's −2w.
    /// </summary>
    public const int BlockSize = 2 * RowSize + 1;

    private const int RowSize = BundleAdjustmentData.CameraSize + 3 + 1;

    /// <summary>All residuals: the two of projection for every observation, then one of the weight for every observation.</summary>
    public static void Residuals(BundleAdjustmentData data, ReadOnlySpan<double> x, Span<double> residuals)
    {
        int count = data.ObservationCount;
        Require.Length(x, data.ParameterCount);
        Require.Length(residuals, ResidualSize * count);
        for (int i = 0; i < count; i++)
        {
            double weight = x[data.WeightOffset(i)];
            Project(
                x.Slice(data.CameraOffset(i), BundleAdjustmentData.CameraSize), x.Slice(data.PointOffset(i), 3),
                out double u, out double v);
            residuals[2 * i] = weight * (u - data.Features[2 * i]);
            residuals[2 * i + 1] = weight * (v - data.Features[2 * i + 1]);
            residuals[2 * count + i] = 1 - weight * weight;
        }
    }

    /// <summary>All Jacobian blocks, one of <see cref="BlockSize"/> elements for each observation.</summary>
    public static void Jacobian(BundleAdjustmentData data, ReadOnlySpan<double> x, Span<double> blocks)
    {
        Require.Length(x, data.ParameterCount);
        Require.Length(blocks, BlockSize * data.ObservationCount);
        for (int i = 0; i < data.ObservationCount; i++)
        {
            JacobianBlock(
                x.Slice(data.CameraOffset(i), BundleAdjustmentData.CameraSize), x.Slice(data.PointOffset(i), 3),
                x[data.WeightOffset(i)], data.Features.Slice(2 * i, 2), blocks.Slice(BlockSize * i, BlockSize));
        }
    }

    /// <summary>The nonzeros of one observation's Jacobian, in the order of <see cref="BlockSize"/>.</summary>
    public static void JacobianBlock(
        ReadOnlySpan<double> camera, ReadOnlySpan<double> point, double weight, ReadOnlySpan<double> feature, Span<double> block)
    {
        Require.Length(camera, BundleAdjustmentData.CameraSize);
        Require.Length(point, 3);
        Require.Length(feature, 2);
        Require.Length(block, BlockSize);
        var turn = new Rodrigues(camera, point[0] - camera[3], point[1] - camera[4], point[2] - camera[5]);
        double depth = 1 / turn.Y2, a = turn.Y0 * depth, b = turn.Y1 * depth;
        double k1 = camera[9], k2 = camera[10], focal = camera[6];
        double rho = a * a + b * b, radial = 1 + k1 * rho + k2 * rho * rho, radialSlope = 2 * (k1 + 2 * k2 * rho);

        // How the two image coordinates depend on (a, b), and through them on Y.
        double scale = weight * focal;
        double ua = scale * (radial + a * a * radialSlope), ub = scale * a * b * radialSlope, vb = scale * (radial + b * b * radialSlope);
        double u0 = ua * depth, u1 = ub * depth, u2 = -(ua * a + ub * b) * depth;
        double v0 = ub * depth, v1 = vb * depth, v2 = -(ub * a + vb * b) * depth;

        Span<double> row0 = block[..RowSize], row1 = block.Slice(RowSize, RowSize);
        Span<double> column = stackalloc double[3];
        for (int j = 0; j < 3; j++)
        {
            turn.RotationColumn(j, column);
            row0[j] = u0 * column[0] + u1 * column[1] + u2 * column[2];
            row1[j] = v0 * column[0] + v1 * column[1] + v2 * column[2];
            turn.MatrixColumn(j, column);
            double pu = u0 * column[0] + u1 * column[1] + u2 * column[2];
            double pv = v0 * column[0] + v1 * column[1] + v2 * column[2];
            (row0[3 + j], row0[11 + j]) = (-pu, pu);
            (row1[3 + j], row1[11 + j]) = (-pv, pv);
        }
        (row0[6], row1[6]) = (weight * radial * a, weight * radial * b);
        (row0[7], row1[7]) = (weight, 0);
        (row0[8], row1[8]) = (0, weight);
        (row0[9], row1[9]) = (scale * rho * a, scale * rho * b);
        (row0[10], row1[10]) = (scale * rho * rho * a, scale * rho * rho * b);
        row0[14] = radial * focal * a + camera[7] - feature[0];
        row1[14] = radial * focal * b + camera[8] - feature[1];
        block[^1] = -2 * weight;
    }

    private static void Project(ReadOnlySpan<double> camera, ReadOnlySpan<double> point, out double u, out double v)
    {
        var turn = new Rodrigues(camera, point[0] - camera[3], point[1] - camera[4], point[2] - camera[5]);
        double depth = 1 / turn.Y2, a = turn.Y0 * depth, b = turn.Y1 * depth;
        double rho = a * a + b * b;
        double scale = camera[6] * (1 + camera[9] * rho + camera[10] * rho * rho);
        u = scale * a + camera[7];
        v = scale * b + camera[8];
    }
}
