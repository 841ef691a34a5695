using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// A real-valued function f of n real variables, given as a C# lambda over <see cref="Var"/>s, and its exact derivatives. With
/// <c>using AutoDiff.Hvp</c> it also has Hessian-vector products (<c>Hvp</c>) and local models (<c>At</c>).
/// </summary>
/// <remarks>
/// <para>The lambda may hold any C#: loops, branches, recursion, closures. It runs anew at every point, so that branches and captured data
/// may change between calls. Calls may be nested: the members that take a <see cref="VarVector"/> record into the caller's recording and
/// are differentiable by it; those that take numbers treat what they compute as constants, and throw if the lambda used a variable of an
/// enclosing recording.</para>
/// <para>Safe to use from many threads at once if the lambda is. At kinks the derivatives follow docs/nonsmooth.md. Exceptions of the
/// lambda pass through unchanged.</para>
/// </remarks>
public abstract partial class Objective
{
    /// <summary>The objective that <paramref name="function"/> computes; its argument has the length of the point that is asked
    /// for.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    public static Objective Of(Func<VarVector, Var> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new LambdaObjective(function);
    }

    /// <summary>
    /// The same objective, which from now on repeats what the lambda did at <paramref name="x"/> instead of running it: the promise is
    /// that only the point and declared parameters (<see cref="Data"/>) change between calls. All members are there; those that take
    /// numbers are faster.
    /// </summary>
    /// <remarks>
    /// <para>Comparisons that the lambda makes (<c>x[0] &gt; 0</c>) are repeated too: where one comes out otherwise, the lambda runs again
    /// and the new way through it is kept beside the others, up to eight; then the lambda runs at most of the points of further ways, which
    /// may change the last bits from call to call. Captured numbers stay as they were when the lambda ran; numbers that are to change
    /// belong in a <see cref="Data"/>. Captured arrays must not change at all: of one with at most 512 numbers that is noticed at the next
    /// call, of a longer one at the eighth at the latest, and every member throws an <see cref="InvalidOperationException"/>; until then
    /// old and new numbers may mix. <see cref="Check"/> looks at all of them.</para>
    /// <para>A lambda whose operations repeat (loops over elements, pairs, rows; elementwise operations on arrays, their sums and moves,
    /// small matrix products) is run as vectorized loops. The results then differ from the lambda's by rounding: sums of 64 terms or more
    /// are added in another order, and functions are vectorized (1–2 ulp); all else that the lambda computes is computed as it does it, and
    /// only derivatives are rearranged (constant factors gathered, products fused with sums). A number near a comparison's border or a kink
    /// may for that reason fall on its other side, an overflow in the midst of a long sum may not occur, and a zero sum may have the other
    /// sign. Other lambdas (large matrix products, decompositions, array functions of the user's own) give the same bits. <see
    /// cref="object.ToString"/> shows what became of the lambda.</para>
    /// <para>Cost: one run of the lambda, and some 100 ns for each operation on scalars or elements. Memory: that of a recording for each
    /// way, and its values for each thread that evaluates. Safe to use from many threads at once if the lambda is. <see
    /// cref="CompileOptions"/> has a mode for debugging that holds a lambda to the promise.</para>
    /// </remarks>
    /// <exception cref="NotReplayableException">At <paramref name="x"/> a value left the recording (<see cref="Var.Value"/>, text,
    /// a hash code, a conversion, an exception that was caught) or decided what was recorded; the message names it.</exception>
    /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
    public virtual Objective Compile(ReadOnlySpan<double> x, CompileOptions? options = null) =>
        new CompiledObjective(this, x, options ?? new());

    /// <summary>
    /// The same objective, which still runs its lambda at every call, so that captured numbers, branches and whatever else may change
    /// between calls; but what it records is compared with what it recorded before, and where the same instructions have come often enough,
    /// the derivatives are taken as those of a compiled objective are (<see cref="Compile"/>), vectorized and in a fraction of the time.
    /// For lambdas of scalars that are called very often and cannot promise what <see cref="Compile"/> asks.
    /// </summary>
    /// <remarks>
    /// <para>Values are those of the lambda, to the bit. Gradients and products differ by rounding from one call to another at the same
    /// point, before and after the recording counts as known: that is why this has to be asked for. Lambdas over arrays gain nothing by
    /// it.</para>
    /// <para>Cost: that of recording, and a comparison with what is known (about 0.5 ns an operation). A program is made when sweeping has
    /// cost as much as making it does: after some 20 calls, and 20 ms. Memory: that of a recording, for up to eight different ones. Safe to
    /// use from many threads at once if the lambda is.</para>
    /// </remarks>
    public virtual Objective Reusing() => new ReusingObjective(this);

    /// <summary>
    /// Verifies what can be verified at <paramref name="x"/>, and returns if all is well: the lambda runs twice there and does the same
    /// both times, to the bit; no value leaves its recording; constant arrays stay as they were when it used them; and what a compiled
    /// objective repeats in its place is what it does. So it keeps there what <see cref="Compile"/> promises.
    /// </summary>
    /// <remarks>Cost: two runs of the lambda and a comparison of all that they recorded; of a sum over rows, one run at each row. Other
    /// points may take other ways through the lambda: check at some of them too.</remarks>
    /// <exception cref="NotReplayableException">One of these does not hold; the message says what.</exception>
    /// <exception cref="InvalidOperationException">A constant array changed after the lambda had used it, or since it was
    /// compiled.</exception>
    /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
    public virtual void Check(ReadOnlySpan<double> x)
    {
        using Snapshot.Held held = Snapshot.Current.Hold();
        Program? first = Program.Record(this, x, out string? reason), second = first is null ? null : Program.Record(this, x, out reason);
        Program.CheckSame(first, second, reason);
    }

    /// <summary>f(x), recorded into the recording that <paramref name="x"/> belongs to.</summary>
    /// <exception cref="VariableException">A variable's recording has ended, is another's, or is another thread's.</exception>
    public abstract Var Value(VarVector x);

    /// <summary>∇f(x), recorded into the recording under way, hence differentiable by the caller. To f, variables other than x are
    /// constants; the result depends on them.</summary>
    /// <remarks>Cost: the recording of f and one to five more operations for each of its operations on which x acts, an array operation
    /// counting as one.</remarks>
    /// <exception cref="VariableException">A variable's recording has ended, is another's, or is another thread's.</exception>
    public VarVector Gradient(VarVector x)
    {
        Nested? nested = Nested.Begin(x, nameof(Gradient));
        if (nested is null)
            return Gradient(x.View.Expand());
        Var y = Value(nested.Inputs);
        return nested.Vjp(VarVector.Of(y), new[] { 1.0 });
    }

    /// <summary>f(x).</summary>
    /// <remarks>Cost: one run of the lambda, recorded.</remarks>
    /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
    public virtual double Value(ReadOnlySpan<double> x)
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            return Evaluate(recorder).Primal;
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>∇f(x).</summary>
    /// <remarks>Cost: one recorded run of the lambda and one adjoint sweep, whatever the number of variables.</remarks>
    /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
    public double[] Gradient(ReadOnlySpan<double> x)
    {
        double[] gradient = new double[x.Length];
        Gradient(x, gradient);
        return gradient;
    }

    /// <summary>Writes ∇f(x) to <paramref name="gradient"/>, which may be the memory of <paramref name="x"/>, and returns f(x).</summary>
    /// <remarks>Cost: one recorded run of the lambda and one adjoint sweep, whatever the number of variables. Allocates nothing once
    /// warm.</remarks>
    /// <exception cref="ShapeMismatchException">The lengths differ.</exception>
    /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
    public virtual double Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        if (gradient.Length != x.Length)
            throw new ShapeMismatchException(
                $"The gradient has room for {gradient.Length} numbers and the point has {x.Length}: give both the same length.");
        Recorder recorder = Recorder.Begin(x);
        try
        {
            Var y = Evaluate(recorder);
            if (y.IsConstant)
                gradient.Clear();
            else
                Differentiate(recorder, y, gradient);
            return y.Primal;
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>
    /// Looks for the first operation whose result is not finite when f is evaluated at <paramref name="x"/>; null if there is none. It need
    /// not be an error: the branch that a mask does not select may well hold an infinity.
    /// </summary>
    /// <remarks>Cost: one run of the lambda and a walk through its recording.</remarks>
    /// <exception cref="EscapedDependenceException">The lambda used a live variable of an enclosing recording.</exception>
    public NonFiniteOperation? FindNonFinite(ReadOnlySpan<double> x)
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            Evaluate(recorder);
            return NonFiniteOperation.Find(recorder.Flush());
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>Runs the function into a recorder that has just begun, and checks that its result belongs there.</summary>
    internal virtual Var Evaluate(Recorder recorder)
    {
        Var y = Value(recorder.Inputs);
        if (!y.IsConstant)
            y.Checked("The lambda's result");
        return y;
    }
}
