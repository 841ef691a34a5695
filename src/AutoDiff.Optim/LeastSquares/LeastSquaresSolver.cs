namespace AutoDiff.Optim;

/// <summary>How Levenberg–Marquardt solves its linear least-squares problems.</summary>
public enum LeastSquaresSolver
{
    /// <summary>Dense up to <see cref="LevenbergMarquardt.DenseLimit"/> elements of the Jacobian, matrix-free beyond.</summary>
    Auto,

    /// <summary>The Jacobian as a matrix, by Householder's QR decomposition with column pivoting: m·n numbers, 2mn² operations.</summary>
    Dense,

    /// <summary>LSMR on products with the Jacobian and its transpose; no matrix.</summary>
    MatrixFree,
}
