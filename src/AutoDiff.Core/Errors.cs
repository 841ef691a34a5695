namespace AutoDiff;

/// <summary>A recorded variable was used where it no longer, or does not, belong. The base of the handle errors.</summary>
public abstract class VariableException(string message) : InvalidOperationException(message);

/// <summary>A variable outlived its recording: it was kept after the lambda that it was given to had returned.</summary>
public sealed class StaleVariableException(string message) : VariableException(message);

/// <summary>A variable of one live recording was used in another.</summary>
public sealed class ForeignVariableException(string message) : VariableException(message);

/// <summary>A variable was used on a thread other than the one that records it.</summary>
public sealed class WrongThreadException(string message) : VariableException(message);

/// <summary>
/// A lambda that was evaluated for plain numbers used a live variable of an enclosing recording; returning a number would have lost that
/// dependence without a sound.
/// </summary>
public sealed class EscapedDependenceException(string message) : VariableException(message);

/// <summary>Two dual numbers of different differentiations met in one operation (perturbation confusion).</summary>
public sealed class NestingException(string message) : InvalidOperationException(message);

/// <summary>A derivative was asked for that a custom primitive has no rule for.</summary>
public sealed class MissingRuleException(string message) : NotSupportedException(message);

/// <summary>A recording cannot be replayed at another point, because a value left it or decided what was recorded.</summary>
public sealed class NotReplayableException(string message) : InvalidOperationException(message);

/// <summary>A recording would have grown past <see cref="RecordingLimits.MaximumBytes"/>.</summary>
public sealed class RecordingLimitException(string message, Exception? innerException = null)
    : InvalidOperationException(message, innerException);

/// <summary>Lengths or shapes do not fit together.</summary>
public sealed class ShapeMismatchException(string message) : ArgumentException(message);
