using System.Runtime.InteropServices;
using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>ADBench's bundle adjustment as a lambda over scalars (see <see cref="BundleAdjustment"/> for the formula).</summary>
public static class BundleAdjustmentLambda
{
    /// <summary>The parameters of an observation: its camera's, its point's and its weight.</summary>
    public const int ParameterCount = BundleAdjustmentData.CameraSize + 3 + 1;

    /// <summary>The three residuals of an observation that saw the feature (<paramref name="u"/>, <paramref name="v"/>).</summary>
    public static VectorFunction Observation(double u, double v) => VectorFunction.Of(x =>
    {
        Var weight = x[14];
        (Var projectedU, Var projectedV) = Project(x[..BundleAdjustmentData.CameraSize], x.Slice(BundleAdjustmentData.CameraSize, 3));
        return VarVector.Of(weight * (projectedU - u), weight * (projectedV - v), 1 - weight * weight);
    });

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
            Span<double> block = blocks.Slice(i * BundleAdjustment.BlockSize, BundleAdjustment.BlockSize);
            MemoryMarshal.CreateSpan(ref dense[0, 0], 2 * ParameterCount).CopyTo(block);
            block[^1] = dense[2, ParameterCount - 1]; // The weight's residual depends on nothing else.
        }
    }

    private static void Gather(BundleAdjustmentData data, ReadOnlySpan<double> x, int observation, Span<double> own)
    {
        x.Slice(data.CameraOffset(observation), BundleAdjustmentData.CameraSize).CopyTo(own);
        x.Slice(data.PointOffset(observation), 3).CopyTo(own[BundleAdjustmentData.CameraSize..]);
        own[^1] = x[data.WeightOffset(observation)];
    }

    private static (Var U, Var V) Project(VarVector camera, VarVector point)
    {
        (Var y0, Var y1, Var y2) = Rotate(camera, point[0] - camera[3], point[1] - camera[4], point[2] - camera[5]);
        Var a = y0 / y2, b = y1 / y2;
        Var rho = a * a + b * b;
        Var scale = camera[6] * (1 + camera[9] * rho + camera[10] * rho * rho);
        return (scale * a + camera[7], scale * b + camera[8]);
    }

    /// <summary>Rodrigues' formula; X + ω×X at ω = 0, which has the same first derivatives.</summary>
    private static (Var Y0, Var Y1, Var Y2) Rotate(VarVector w, Var x0, Var x1, Var x2)
    {
        Var c0 = w[1] * x2 - w[2] * x1, c1 = w[2] * x0 - w[0] * x2, c2 = w[0] * x1 - w[1] * x0;
        Var squared = w[0] * w[0] + w[1] * w[1] + w[2] * w[2];
        if (squared == 0)
            return (x0 + c0, x1 + c1, x2 + c2);
        Var theta = Math.Sqrt(squared), half = Math.Sin(0.5 * theta);
        Var cos = Math.Cos(theta), a = Math.Sin(theta) / theta;
        Var along = 2 * half * half / squared * (w[0] * x0 + w[1] * x1 + w[2] * x2); // 2 sin²(θ/2) is 1 − cos θ without its cancellation.
        return (cos * x0 + a * c0 + along * w[0], cos * x1 + a * c1 + along * w[1], cos * x2 + a * c2 + along * w[2]);
    }
}
