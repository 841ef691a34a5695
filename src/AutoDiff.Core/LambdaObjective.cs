namespace AutoDiff;

/// <summary>An objective that runs a lambda.</summary>
internal sealed class LambdaObjective(Func<VarVector, Var> function) : Objective
{
    public override Var Value(VarVector x) => function(x);
}
