namespace AutoDiff.Optim;

/// <summary>How a minimization ended. Its <c>Explanation</c> says what each means and what helps.</summary>
public enum OptimizationStatus
{
    /// <summary>‖∇f‖ (with bounds ‖P(x − ∇f) − x‖) fell to the tolerance.</summary>
    ConvergedGradient,

    /// <summary>The step fell to <see cref="Optimizer.StepTolerance"/>.</summary>
    ConvergedStep,

    /// <summary>The decrease of f fell to <see cref="Optimizer.DecreaseTolerance"/>.</summary>
    ConvergedDecrease,

    /// <summary>‖∇f‖ cannot fall further: it is down to the rounding of x itself, though the tolerance asks for less.</summary>
    ConvergedRoundOff,

    /// <summary><see cref="Optimizer.MaxIterations"/> was reached.</summary>
    LimitIterations,

    /// <summary>A limit on evaluations of f, of gradients or of Hessian-vector products was reached.</summary>
    LimitEvaluations,

    /// <summary><see cref="Optimizer.TimeLimit"/> was reached.</summary>
    LimitTime,

    /// <summary><see cref="Optimizer.MaxEscapes"/> points were left, and the run stands at one more that is no minimum; X is the lowest
    /// point known.</summary>
    LimitEscapes,

    /// <summary>The cancellation token was cancelled.</summary>
    Cancelled,

    /// <summary><see cref="Optimizer.StopWhen"/> said so.</summary>
    Stopped,

    /// <summary>No step along a descent direction decreased f as it should.</summary>
    LineSearchFailed,

    /// <summary>The trust region shrank to nothing: no step, however small, does what the model says.</summary>
    RadiusTooSmall,

    /// <summary>Steps no longer change the iterate, or have long lowered neither f nor ‖∇f‖.</summary>
    Stalled,

    /// <summary>f falls without end: to −∞, or by 10²⁰ times its size at the start, the largest of |f(x₀)|, ‖∇f(x₀)‖·max(1, ‖x₀‖) and the
    /// first step's curvature times max(1, ‖x‖)²; or by 10¹² times as much where rounding or a limit stopped it while it fell as
    /// before.</summary>
    Unbounded,

    /// <summary>f or its gradient is not finite at the start.</summary>
    NonFiniteStart,

    /// <summary>f is not finite where the method has to go on from.</summary>
    NonFiniteObjective,

    /// <summary>The gradient is not finite where the method has to go on from.</summary>
    NonFiniteGradient,

    /// <summary>A product with the Hessian is not finite.</summary>
    NonFiniteHessian,

    /// <summary>The objective threw, and the method cannot step back (a learning rate, a product with the Hessian) or was told to end
    /// (<see cref="Optimizer.EndOnException"/>); <see cref="OptimizationResult.Exception"/> holds what it threw.</summary>
    ObjectiveThrew,
}
