using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.Engine;

/// <summary>All methods that minimize an objective, by name.</summary>
internal static class Methods
{
    private static readonly Dictionary<string, Minimizer> s_methods = new Minimizer[]
    {
        new GradientDescent(), new Momentum(), new HeavyBall(), new Nesterov(), new RmsProp(), new Adam(), new AdamW(), new PerturbedGradientDescent(),
        new Lbfgs(), new NonlinearConjugateGradient(), new Newton(), new SaddleFreeNewton(), new TrustRegionNewton(), new CubicRegularization(),
    }.ToDictionary(method => method.GetType().Name);

    public static TheoryData<string> Names => [.. s_methods.Keys];

    public static Minimizer Of(string name) => s_methods[name];

    public static bool HasLearningRate(string name) => Of(name) is FirstOrderMinimizer;
}
