namespace AutoDiff;

/// <summary>A vector function that runs a lambda.</summary>
internal sealed class LambdaVectorFunction(Func<VarVector, VarVector> function) : VectorFunction
{
    public override VarVector Value(VarVector x) => function(x);
}
