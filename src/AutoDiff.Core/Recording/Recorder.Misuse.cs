namespace AutoDiff.Engine;

/// <content>What is wrong with a handle that the current recorder does not know.</content>
internal sealed unsafe partial class Recorder
{
    /// <summary>Whether a recording that encloses the current one on this thread is <paramref name="owner"/>'s.</summary>
    private static bool Encloses(Recorder owner)
    {
        for (Recorder? r = t_current?._enclosing; r is not null; r = r._enclosing)
        {
            if (ReferenceEquals(r, owner))
                return true;
        }
        return false;
    }

    /// <summary>Throws what is wrong with a handle whose owner or epoch is not the current recorder's.</summary>
    public static void ThrowMisused(Recorder owner, ulong word, string operation)
    {
        VariableException misuse = Misuse(owner, word, operation);
        t_current?.MarkFailed(operation, misuse); // What is kept from earlier calls, and on which thread, no point decides.
        if (misuse is WrongThreadException)
            owner.MarkFailed(operation, misuse);
        throw misuse;
    }

    private static VariableException Misuse(Recorder owner, ulong word, string operation)
    {
        int slot = (int)(uint)word;
        if (word >> 32 != (owner.EpochWord & ~(1UL << 32)) >> 32)
            return new StaleVariableException(
                $"{operation}: variable #{slot} belongs to a recording that has ended. A Var lives only inside the call of the lambda that received it; return what you need, or read .Value while it is alive.");
        int thread = Environment.CurrentManagedThreadId;
        if (owner._threadId != thread)
            return new WrongThreadException(
                $"{operation}: variable #{slot} is recorded on thread {owner._threadId} and was used on thread {thread}. A recording belongs to one thread; parallelize over whole evaluations, or use Objective.Sum over rows.");
        if (Encloses(owner))
            return new EscapedDependenceException(
                $"{operation}: variable #{slot} belongs to an enclosing recording, and the inner function was asked for plain numbers, which would lose the dependence on it. Call the Var-valued member (Value, Gradient or Hvp of a VarVector) instead, or pass the value on explicitly with .Value.");
        return new ForeignVariableException(
            $"{operation}: variable #{slot} belongs to another recording than the one under way. Variables of two recordings cannot meet in one operation.");
    }
}
