using AutoDiff.Problems;

namespace AutoDiff.Lambdas;

/// <summary>A NIST regression set with its model as lambdas: residuals yᵢ − model(b, xᵢ) and their sum of squares.</summary>
/// <param name="Problem">The data, starts and certified results.</param>
/// <param name="Residuals">y − model(b, x), of the parameters b; ln y − model for Nelson.</param>
public sealed record NistModel(NistProblem Problem, VectorFunction Residuals)
{
    private static readonly Lazy<IReadOnlyList<NistModel>> s_all = new(() => [.. NistProblem.Names.Select(Load)]);

    /// <summary>All 27 sets.</summary>
    public static IReadOnlyList<NistModel> All => s_all.Value;

    /// <summary>f(b) = Σ rᵢ(b)², without a factor ½, as NIST certifies it.</summary>
    public Objective Objective { get; } = Objective.Of(b => Residuals.Value(b).SquaredNorm());

    /// <summary>The set of that name.</summary>
    public static NistModel Load(string name)
    {
        NistProblem problem = NistProblem.Load(name);
        VarVector y = problem.Response(), x = problem.Predictor();
        if (name == "Nelson")
            return Nelson(problem);
        Func<VarVector, VarVector, VarVector> model = Model(name);
        return new NistModel(problem, VectorFunction.Of(b => y - model(b, x)));
    }

    /// <inheritdoc/>
    public override string ToString() => Problem.Name;

    private static NistModel Nelson(NistProblem problem)
    {
        VarVector logarithms = Math.Log(problem.Response()), time = problem.Predictor(0), temperature = problem.Predictor(1);
        return new NistModel(problem, VectorFunction.Of(b => logarithms - (b[0] - b[1] * time * Math.Exp(-b[2] * temperature))));
    }

    private static Func<VarVector, VarVector, VarVector> Model(string name) => name switch
    {
        "Misra1a" or "BoxBOD" => (b, x) => b[0] * (1 - Math.Exp(-b[1] * x)),
        "Misra1b" => (b, x) => b[0] * (1 - Math.Pow(1 + b[1] * x / 2, -2)),
        "Misra1c" => (b, x) => b[0] * (1 - Math.Pow(1 + 2 * b[1] * x, -0.5)),
        "Misra1d" => (b, x) => b[0] * b[1] * x / (1 + b[1] * x),
        "Chwirut1" or "Chwirut2" => (b, x) => Math.Exp(-b[0] * x) / (b[1] + b[2] * x),
        "Lanczos1" or "Lanczos2" or "Lanczos3" =>
            (b, x) => b[0] * Math.Exp(-b[1] * x) + b[2] * Math.Exp(-b[3] * x) + b[4] * Math.Exp(-b[5] * x),
        "Gauss1" or "Gauss2" or "Gauss3" => (b, x) => b[0] * Math.Exp(-b[1] * x) + Bell(x, b[2], b[3], b[4]) + Bell(x, b[5], b[6], b[7]),
        "DanWood" => (b, x) => b[0] * Math.Pow(x, b[1]),
        "Kirby2" => (b, x) => (b[0] + x * (b[1] + x * b[2])) / (1 + x * (b[3] + x * b[4])),
        "Hahn1" or "Thurber" => (b, x) => (b[0] + x * (b[1] + x * (b[2] + x * b[3]))) / (1 + x * (b[4] + x * (b[5] + x * b[6]))),
        "MGH09" => (b, x) => b[0] * (x * (x + b[1])) / (x * (x + b[2]) + b[3]),
        "MGH10" => (b, x) => b[0] * Math.Exp(b[1] / (x + b[2])),
        "MGH17" => (b, x) => b[0] + b[1] * Math.Exp(-x * b[3]) + b[2] * Math.Exp(-x * b[4]),
        "Roszman1" => (b, x) => b[0] - b[1] * x - Math.Atan(b[2] / (x - b[3])) / Math.PI,
        "ENSO" => (b, x) => b[0] + Wave(x, b[1], b[2], 12) + Wave(x, b[4], b[5], b[3]) + Wave(x, b[7], b[8], b[6]),
        "Rat42" => (b, x) => b[0] / (1 + Math.Exp(b[1] - b[2] * x)),
        "Rat43" => (b, x) => b[0] / Math.Pow(1 + Math.Exp(b[1] - b[2] * x), 1 / b[3]),
        "Eckerle4" => (b, x) => b[0] / b[1] * Math.Exp(-0.5 * Math.Square((x - b[2]) / b[1])),
        "Bennett5" => (b, x) => b[0] * Math.Pow(b[1] + x, -1 / b[2]),
        _ => throw new ArgumentException($"There is no model for '{name}'.", nameof(name)),
    };

    private static VarVector Bell(VarVector x, Var height, Var centre, Var width) => height * Math.Exp(-Math.Square((x - centre) / width));

    private static VarVector Wave(VarVector x, Var cosine, Var sine, Var period)
    {
        VarVector angle = 2 * Math.PI * x / period;
        return cosine * Math.Cos(angle) + sine * Math.Sin(angle);
    }
}
