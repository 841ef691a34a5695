using AutoDiff.Engine;

namespace AutoDiff.Tests.Core.NestedTests;

/// <summary>An inner function of every kind of recorded operation and of every way in which operands meet.</summary>
internal static class InnerFunctions
{
    private static readonly double[] s_x12 = [0.7, -0.4, 1.1, 0.3, -0.9, 0.6, 0.2, -1.2, 0.8, 0.5, -0.6, 0.9];
    private static readonly double[,] s_constant = { { 0.5, -0.2, 0.9 }, { 0.1, 0.8, -0.7 } };
    private static readonly double[] s_weights = [1.5, -0.5, 0.25, 2, -1, 0.75, 0.5, -1.25, 1, 0.1, 0.6, -0.3];

    /// <summary>A point, and a vector function of it.</summary>
    public sealed record Inner(double[] X, Func<VarVector, VarVector> F)
    {
        /// <summary>A scalar function in which no derivative of F's results is constant.</summary>
        public Var Scalar(VarVector x)
        {
            VarVector y = F(x);
            return (y * y * y).Sum() / 3 + y.Sum();
        }
    }

    public static readonly Dictionary<string, Inner> All = new()
    {
        ["scalars"] = Twelve(x => VarVector.Of(x[0] * x[1] - x[2], Math.Sin(x[3]) / x[2], Math.Exp(x[4] * x[0]), x[5])),
        ["scalars, one often"] = Twelve(x => VarVector.Of(x[0] * x[0] * x[0], 2 * x[0] + 1, 3 / x[0], x[0])),
        ["fused multiply-add"] =
            Twelve(x => VarVector.Of(
            Var.FusedMultiplyAdd(x[0], x[1], x[2]), Var.FusedMultiplyAdd(x[3], 2, x[4]), Var.FusedMultiplyAdd(0.5, x[5], 1))),
        ["elementwise unary"] = Twelve(x => Math.Tanh(Math.Exp(x) + 0.1)),
        ["elementwise binary"] = Twelve(x => x[..6] * x[6..] / (2 + Math.Square(x[3..9]))),
        ["square as product"] = Twelve(x => x * x * x),
        ["constant array operands"] = Twelve(x => (s_weights * x - s_weights) / ((VarVector)s_weights + 3.0)),
        ["scalar repeated over a vector"] = Twelve(x => x[0] * x + Math.Sin(x) / Math.Exp(x[1])),
        ["row repeated"] = Twelve(x => (x.Matrix(0, 2, 3) * x.Matrix(6, 1, 3) + x.Matrix(9, 1, 3)).Flatten()),
        ["column repeated"] = Twelve(x => (x.Matrix(0, 2, 3) / (3 + x.Matrix(6, 2, 1))).Flatten()),
        ["row by column"] = Twelve(x => (x.Slice(0, 3).AsRow() * x.Slice(3, 4).AsColumn()).Flatten()),
        ["scalar repeated over a matrix"] = Twelve(x => (x.Matrix(0, 1, 1) * x.Matrix(1, 2, 3) - x.Matrix(7, 1, 1)).Flatten()),
        ["constant scalar and matrix"] =
            Twelve(x => (2.0 - x.Matrix(0, 3, 4) * 0.5 + 1.0 / (x.Matrix(0, 3, 4) * x.Matrix(0, 3, 4) + 1.0)).Flatten()),
        ["disjoint slices"] = Twelve(x => VarVector.Concat(Math.Sin(x[..4]), Math.Exp(x[5..9]), x[10..] * x[9])),
        ["overlapping slices"] = Twelve(x => x[..8] * x[2..10] + x[4..] * x[3..11]),
        ["windows"] = Twelve(x =>
        {
            Var[] sums = new Var[10];
            for (int i = 0; i < sums.Length; i++)
                sums[i] = Math.Sin(x.Slice(i, 3)).Dot(x.Slice(i, 3));
            return VarVector.Of(sums);
        }),
        ["one slice twice"] = Twelve(x => Math.Sin(x[2..5]) + Math.Exp(x[2..5]) * x[2..5]),
        ["one element of a block"] = Twelve(x => Math.Exp(x)[7] * x[..3]),
        ["slices, elements and the whole"] =
            Twelve(x => Math.Sin(x) is var y ? y * x + y[3] * y + VarVector.Concat(y[6..], y[..6]) * x[1] : default),
        ["vector in place of scalars"] = Twelve(x =>
        {
            Var a = x[0] * x[1], b = Math.Sin(a), c = a * b;
            VarVector abc = VarVector.Of(a, b, c);
            return abc * abc + c * abc;
        }),
        ["vector in place across operations"] = Twelve(x =>
        {
            VarVector y = Math.Exp(x[..3]);
            Var a = y[0] * x[4];
            VarVector z = VarVector.Of(y[1], y[2], a);
            return z * z * y;
        }),
        ["gathered scalars and constants"] = Twelve(x => VarVector.Of(x[7], 2, x[0], x[7] * x[1], -1) is var y ? y * Math.Sin(y) : default),
        ["concatenation with constants"] =
            Twelve(x => VarVector.Concat(x[..2], s_weights, Math.Sin(x[3..5]), x[..2]) is var y ? y * y : default),
        ["matrix product"] = Twelve(x => x.Matrix(0, 2, 3).MatMul(x.Matrix(6, 3, 2)).Flatten()),
        ["matrix product, both transposed"] = Twelve(x => x.Matrix(0, 3, 2).Transpose().MatMul(x.Matrix(6, 2, 3).Transpose()).Flatten()),
        ["matrix product, left transposed"] = Twelve(x => x.Matrix(0, 3, 2).Transpose().MatMul(Math.Sin(x.Matrix(3, 3, 3))).Flatten()),
        ["matrix product, right transposed"] = Twelve(x => x.Matrix(0, 2, 3).MatMul(x.Matrix(3, 3, 3).Transpose()).Flatten()),
        ["matrix by itself"] = Twelve(x => x.Matrix(1, 3, 3).MatMul(x.Matrix(1, 3, 3)).Flatten()),
        ["constant matrix on the left"] = Twelve(x => ((VarMatrix)s_constant).MatMul(Math.Exp(x.Matrix(0, 3, 4))).Flatten()),
        ["constant matrix on the right"] = Twelve(x => x.Matrix(0, 4, 3).MatMul(((VarMatrix)s_constant).Transpose()).Flatten()),
        ["matrix by vector"] = Twelve(x => Math.Tanh(x.Matrix(0, 3, 3).MatMul(x[9..]))),
        ["transposed matrix by vector"] = Twelve(x => x.Matrix(0, 2, 4).Transpose().MatMul(x[8..10])),
        ["dot and outer"] = Twelve(x => x[..3].Outer(x[3..6] * x[..6].Dot(x[6..])).Flatten()),
        ["sums"] = Twelve(x => VarVector.Concat(
            x.Matrix(0, 3, 4).SumRows(), x.Matrix(0, 3, 4).SumColumns(), VarVector.Of(x.Sum(), x[..5].Mean())) is var y ? y * y : default),
        ["transpose written out"] = Twelve(x => x.Matrix(0, 3, 4).Transpose().Flatten() * x),
        ["columns"] = Twelve(x => x.Matrix(0, 3, 4)[.., 1..3].Flatten() * x.Matrix(0, 3, 4).Column(2)[0]),
        ["cumulative sum"] = Twelve(x => Math.Sin(x.CumulativeSum())),
        ["gather"] = Twelve(x => Math.Exp(x.Gather([3, 3, 0, 11, 3])) * x[..5]),
        ["scatter"] = Twelve(x => (x * x).ScatterAdd([0, 1, 2, 0, 1, 2, 0, 0, 4, 4, 1, 0], 6)),
        ["selection"] = Twelve(x => Where(x > 0.2, Math.Sin(x), x * x)),
        ["selection from repeated operands"] = Twelve(x => Where(x > 0.2, x[..1], Math.Exp(x[1]) * x)),
        ["selection by a matrix mask"] = Twelve(x => Where(x[..6] > x[6..], x[..6] * x[3], s_weights[..6])),
        ["data"] = Twelve(x => x * (VarVector)s_weights.Select(w => w * w).ToArray()),
        ["log-sum-exp"] = Twelve(x => (x.Matrix(0, 3, 4) * x.Matrix(0, 3, 4)).LogSumExp()),
        ["softmax"] = Twelve(x => x.Matrix(0, 4, 3).Softmax().Flatten() * x),
        ["cross-entropy"] = Twelve(x => (x.Matrix(0, 3, 4) * 2.0).CrossEntropy([1, 3, 0])),
        ["norm"] = Twelve(x => x / x[2..7].Norm()),
        ["product of rows"] = Twelve(x => x.Matrix(0, 3, 4).ProductColumns() * x[..3]),
        ["largest and smallest"] =
            Twelve(x => VarVector.Concat(Math.Exp(x).Matrix(0, 3, 4).MaxColumns(), (x * x).Matrix(0, 4, 3).MinColumns()) is var y ? y * y
            : default),
        ["linear solve"] = Twelve(x => (x.Matrix(0, 3, 3) + 2 * VarMatrix.Identity(3)).Solve(x[9..])),
        ["linear solve with a constant matrix"] =
            Twelve(x => ((VarMatrix)s_constant).MatMul(((VarMatrix)s_constant).Transpose()).Solve(x[..2] * x[1..3])),
        ["linear solve with constant results"] =
            Twelve(x => (x.Matrix(0, 3, 3) + 2 * VarMatrix.Identity(3)).Solve((VarVector)s_weights[..3])),
        ["triangular solve"] = Twelve(x => (x.Matrix(0, 3, 3) + 2 * VarMatrix.Identity(3)).SolveTriangular(x[9..], transposed: true)),
        ["triangular solve, unit diagonal"] = Twelve(x => x.Matrix(0, 3, 3).SolveTriangular(x[9..], lower: false, unitDiagonal: true)),
        ["Cholesky"] = Twelve(x => (x.Matrix(0, 3, 3).MatMul(x.Matrix(0, 3, 3).Transpose()) + VarMatrix.Identity(3)).Cholesky().Flatten()),
        ["determinants and inverse"] =
            Twelve(x => VarVector.Concat(
            VarVector.Of((x.Matrix(0, 3, 3) + 2 * VarMatrix.Identity(3)).Determinant(),
            (x.Matrix(0, 3, 3) + 2 * VarMatrix.Identity(3)).LogDeterminant()),
            (x.Matrix(0, 2, 2) + 2 * VarMatrix.Identity(2)).Inverse().Flatten())),
        ["log-softmax"] = Twelve(x => (x.Matrix(0, 3, 4) * 2.0).LogSoftmax().Flatten()),
        ["flat operations between"] = Twelve(x => Math.Sign(x) * x * x + Math.Floor(x) * Math.StopGradient(x)),
        ["result partly constant"] = Twelve(x => VarVector.Concat(x[..2] * x[1], (double[])[1, 2])),
        ["identity"] = Twelve(x => x),
        ["slice as result"] = Twelve(x => x[3..7]),
        ["constant"] = Twelve(_ => (double[])[1, 2, 3]),
        ["one input"] = new Inner([0.8], x => Math.Sin(x) * x[0] + x.Sum()),
        ["elements of one"] = Twelve(x => Math.Exp(x[3..4]) * x + x[5..6] * x[3..4]),
        ["loop of rows"] = Twelve(x =>
        {
            VarMatrix m = Math.Sin(x.Matrix(0, 4, 3));
            VarVector sum = m.Row(0);
            for (int i = 1; i < 4; i++)
                sum = Math.Tanh(sum * m.Row(i) + m.Row(i - 1));
            return sum;
        }),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    private static VarVector Where(Mask mask, VarVector x, VarVector y) => new(SelectOperation.Select(mask.Flags, x.View, y.View));

    private static Inner Twelve(Func<VarVector, VarVector> f) => new(s_x12, f);
}
