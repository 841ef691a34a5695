namespace AutoDiff.Optim;

/// <summary>What a status means.</summary>
public static class OptimizationStatusExtensions
{
    extension(OptimizationStatus status)
    {
        /// <summary>Whether the method's own criterion was met. It says nothing about the kind of point: see
        /// <see cref="OptimizationResult.Verdict"/>.</summary>
        public bool IsConverged => status <= OptimizationStatus.ConvergedRoundOff;

        /// <summary>Whether the run was ended from outside or by a limit, and could go on.</summary>
        public bool IsLimit => status is >= OptimizationStatus.LimitIterations and <= OptimizationStatus.Stopped;

        /// <summary>Whether something is in the way.</summary>
        public bool IsFailure => status >= OptimizationStatus.LineSearchFailed;

        /// <summary>What happened, and what is likely to help, in a sentence or two.</summary>
        public string Explanation => status switch
        {
            OptimizationStatus.ConvergedGradient => "The gradient's norm is down to the tolerance.",
            OptimizationStatus.ConvergedStep =>
                "The last step was as small as StepTolerance asks; the gradient may still be large where f is badly scaled. Compare GradientNorm with what you need.",
            OptimizationStatus.ConvergedDecrease =>
                "The last decrease of f was as small as DecreaseTolerance asks; on a flat slope that can happen far from a minimum. Compare GradientNorm with what you need.",
            OptimizationStatus.ConvergedRoundOff =>
                "The gradient is down to what the rounding of x leaves of it (RoundOffFloor), which is above the tolerance. Ask for no more than that floor, or scale the variables.",
            OptimizationStatus.LimitIterations => "MaxIterations was reached. Allow more, start from X, or take a second-order method.",
            OptimizationStatus.LimitEvaluations => "A limit on evaluations was reached. Allow more, or start from X.",
            OptimizationStatus.LimitTime => "The time limit was reached. Allow more, or resume from a checkpoint.",
            OptimizationStatus.LimitEscapes =>
                "MaxEscapes points that are no minima were left, and one more was reached; X is the lowest point known. Allow more, or start from X with another method.",
            OptimizationStatus.Cancelled => "The run was cancelled. X is the best point seen; a checkpoint resumes it.",
            OptimizationStatus.Stopped => "StopWhen ended the run.",
            OptimizationStatus.LineSearchFailed =>
                "No step along the direction of descent decreased f enough. Check the gradient (FiniteDifference.Gradient), look for a kink or for noise in f, or scale the variables.",
            OptimizationStatus.RadiusTooSmall =>
                "No step, however small, decreases f as its derivatives predict. Check them (FiniteDifference.Gradient, HvpComparison), look for a kink or for noise in f, or scale the variables.",
            OptimizationStatus.Stalled =>
                "Steps no longer change the point, or lower neither f nor its gradient. Check the gradient (FiniteDifference.Gradient), scale the variables, raise the learning rate if there is one, or take a second-order method.",
            OptimizationStatus.Unbounded => "f falls without end. Add bounds or a regularizing term, or check the sign of the loss.",
            OptimizationStatus.NonFiniteStart =>
                "f or its gradient is not finite at the start. Objective.FindNonFinite names the first operation; start elsewhere.",
            OptimizationStatus.NonFiniteObjective =>
                "f is not finite where the method has to go on from. Objective.FindNonFinite names the first operation; lower the learning rate or keep the variables in f's domain.",
            OptimizationStatus.NonFiniteGradient =>
                "f is finite, its gradient is not (a root or a logarithm at the edge of its domain?). Objective.FindNonFinite and docs/nonsmooth.md help to find where; smooth f there.",
            OptimizationStatus.NonFiniteHessian =>
                "f and its gradient are finite, its second derivatives are not. Take a first-order method, or smooth f there.",
            OptimizationStatus.ObjectiveThrew =>
                "The objective threw an exception, which the result holds; X is the best point seen before.",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
        };
    }
}
