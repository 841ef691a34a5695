using AutoDiff.Engine;
using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>A handle that does not belong where it is used never gives a number: not to any operator, function or property, in any
/// place.</summary>
public class HandleTests
{
    [Fact]
    public void The_catalogue_of_members_is_not_empty()
    {
        string[] names = [.. Member.All.Select(m => m.ToString())];
        names.Length.ShouldBeGreaterThan(200);
        foreach (string expected in new[]
        {
            "Var.op_Addition(Var, Var)", "Var.op_LessThan(Var, Var)", "Var.op_Division(Double, Var)", "Var.get_Value(Var)",
                "Var.Equals(Var, Var)", "Var.GetHashCode(Var)", "Var.Apply<Sin>(Var)",
            "Var.Apply<Pow>(Var, Var)", "VarVector.op_Multiply(VarVector, Var)", "VarVector.Dot(VarVector, VarVector)",
                "VarVector.get_Item(VarVector, Int32)", "VarVector.Apply<Exp>(VarVector)",
            "VarMatrix.MatMul(VarMatrix, VarMatrix)", "VarMatrix.get_Item(VarMatrix, Int32, Int32)",
                "VarMatrix.MatMul(VarMatrix, VarVector)", "Var.Equals(Var, Object)", "VarVector.CrossEntropy(VarVector, DataLabel)",
                "Mask.op_BitwiseAnd(Mask, Mask)", "DataVector.Label(DataVector, Int32)",
        })
            names.ShouldContain(expected);
    }

    // Either the call throws, or what it returns is a handle that throws when used: indexing and slicing touch nothing.
    private static void ShouldAllThrow<TException>(Kit good, Kit bad) where TException : VariableException
    {
        List<string> accepted = [];
        foreach (Member member in Member.All)
        {
            foreach (int place in member.HandlePlaces)
            {
                try
                {
                    object? result = member.Call(good, bad, place);
                    bool used = Kit.Use(result);
                    accepted.Add($"{member} took the handle at place {place} and gave {result}{(used ? ", which is alive" : "")}");
                }
                catch (TException)
                {
                }
            }
        }
        accepted.ShouldBeEmpty();
    }

    [Fact]
    public void Of_a_recording_that_has_ended_with_none_under_way()
    {
        Kit ended = Kit.Ended();
        ShouldAllThrow<StaleVariableException>(ended, ended);
    }

    [Fact]
    public void Of_an_earlier_recording_in_a_later_one()
    {
        Kit ended = Kit.Ended();
        Kit.Live(kit =>
        {
            kit.Scalar.Owner.ShouldBeSameAs(ended.Scalar.Owner, "the recorder is the same one, used again");
            ShouldAllThrow<StaleVariableException>(kit, ended);
        });
    }

    [Fact]
    public void Of_an_enclosing_recording() =>
        Kit.Live(outer => Kit.Live(kit => ShouldAllThrow<EscapedDependenceException>(kit, outer)));

    [Fact]
    public void Of_an_inner_recording_once_it_has_ended() =>
        Kit.Live(outer => ShouldAllThrow<StaleVariableException>(outer, Kit.Ended()));

    [Fact]
    public void Of_another_thread_with_a_recording_here() =>
        Kit.OnAnotherThread(theirs => Kit.Live(kit => ShouldAllThrow<WrongThreadException>(kit, theirs)));

    [Fact]
    public void Of_another_thread_with_no_recording_here() =>
        Kit.OnAnotherThread(theirs => ShouldAllThrow<WrongThreadException>(theirs, theirs));

    [Fact]
    public void Vectors_of_scalars_and_of_vectors()
    {
        Kit ended = Kit.Ended();
        Kit.Live(kit =>
        {
            Should.Throw<StaleVariableException>(() => VarVector.Of(kit.Scalar, ended.Scalar));
            Should.Throw<StaleVariableException>(() => VarVector.Of(ended.Scalar, kit.Scalar));
            Should.Throw<StaleVariableException>(() => VarVector.Of(ended.Scalar, 1.0));
            Should.Throw<StaleVariableException>(() => VarVector.Concat(kit.Vector, ended.Vector));
            Should.Throw<StaleVariableException>(() => VarVector.Concat(ended.Vector, kit.Vector));
            Should.Throw<StaleVariableException>(() => ended.Vector.Gather([0, 1]));
            Should.Throw<StaleVariableException>(() => ended.Vector.ScatterAdd([0, 1, 2, 3], 4));
            Should.Throw<StaleVariableException>(() => VarMatrix.Stack(kit.Vector, ended.Vector));
            Should.Throw<StaleVariableException>(() => ended.Matrix.CrossEntropy([0, 1, 2, 3]));
            Should.Throw<StaleVariableException>(() => Objective.Of(x => x[0]).Gradient(ended.Vector));
            Should.Throw<StaleVariableException>(() => Objective.Of(x => x[0] * x[1]).Hvp(kit.Vector, ended.Vector));
            Should.Throw<StaleVariableException>(() => VectorFunction.Of(x => x * x).Jvp(kit.Vector, ended.Vector));
            Should.Throw<StaleVariableException>(() => VectorFunction.Of(x => x * x).Vjp(kit.Vector, ended.Vector));
            Should.Throw<StaleVariableException>(() => new Custom.Coupled.WithJvp().Apply(ended.Vector));
        });
    }

    [Fact]
    public void A_direction_at_a_constant_point_with_no_recording_under_way()
    {
        VarVector x = new double[] { 1, 2, 3, 4 };
        VectorFunction squares = VectorFunction.Of(u => u * u);
        Objective sum = Objective.Of(u => (u * u).Sum());
        Kit ended = Kit.Ended();
        Should.Throw<StaleVariableException>(() => squares.Jvp(x, ended.Vector));
        Should.Throw<StaleVariableException>(() => squares.Vjp(x, ended.Vector));
        Should.Throw<StaleVariableException>(() => sum.Hvp(x, ended.Vector));
        Kit.OnAnotherThread(theirs =>
        {
            Should.Throw<WrongThreadException>(() => squares.Jvp(x, theirs.Vector));
            Should.Throw<WrongThreadException>(() => squares.Vjp(x, theirs.Vector));
            Should.Throw<WrongThreadException>(() => sum.Hvp(x, theirs.Vector));
        });
    }

    [Fact]
    public void The_lambdas_result()
    {
        Kit ended = Kit.Ended();
        Should.Throw<StaleVariableException>(() => Objective.Of(_ => ended.Scalar).Value([1.0])).Message.ShouldContain("result");
        Should.Throw<StaleVariableException>(() => Objective.Of(_ => ended.Scalar).Gradient([1.0]));
        Should.Throw<StaleVariableException>(() => VectorFunction.Of(_ => ended.Vector).Value([1.0]));
        Should.Throw<StaleVariableException>(() => VectorFunction.Of(_ => ended.Vector).Jacobian([1.0]));
        Kit.Live(outer => Should.Throw<EscapedDependenceException>(() => Objective.Of(_ => outer.Scalar).Gradient([1.0])));
        Kit.OnAnotherThread(theirs => Should.Throw<WrongThreadException>(() => Objective.Of(_ => theirs.Scalar).Gradient([1.0])));
    }

    /// <summary>What leaves as plain numbers is noted, so that nobody replays the recording at another point with them; what stays recorded
    /// is not.</summary>
    [Fact]
    public void Reading_numbers_marks_the_recording()
    {
        int escaping = 0;
        foreach (Member member in Member.All)
        {
            Kit.Live(kit =>
            {
                object? result = member.Call(kit, kit, -1);
                bool escaped = result is double or double[] or double[,] || member.ToString().Contains("GetHashCode");
                (Recorder.Current!.Flush().NotReplayable is not null).ShouldBe(escaped, member.ToString());
                escaping += escaped ? 1 : 0;
            });
        }
        escaping.ShouldBeGreaterThanOrEqualTo(4);
    }

    private static Var s_kept;

    [Fact]
    public void Stored_in_a_static_and_used_later()
    {
        Objective keeping = Objective.Of(x => s_kept = x[0] * 2);
        keeping.Gradient([3.0]).ShouldBe([2.0]);
        Should.Throw<StaleVariableException>(() => s_kept + 1).Message.ShouldContain("has ended");
        // Nor in a later recording of the same length, where its slot holds another number.
        Should.Throw<StaleVariableException>(() => Objective.Of(x => x[0] * s_kept).Gradient([5.0]));
        keeping.Gradient([3.0]).ShouldBe([2.0]);
        s_kept.ToString().ShouldContain("stale");
    }

    [Fact]
    public void Names_operation_variable_and_remedy()
    {
        Kit ended = Kit.Ended();
        string message = Should.Throw<StaleVariableException>(() => ended.Scalar * ended.Scalar).Message;
        message.ShouldContain("Multiply");
        message.ShouldContain("#0");
        message.ShouldContain("return what you need");
        Kit.OnAnotherThread(theirs => Should.Throw<WrongThreadException>(() => theirs.Vector.Sum()).Message.ShouldContain(
            $"thread {Environment.CurrentManagedThreadId}"));
    }
}
