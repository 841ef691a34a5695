using AutoDiff;
using AutoDiff.Hvp;
using AutoDiff.Optim;

// Rosenbrock's function: any C# with loops and branches.
Objective f = Objective.Of(x =>
{
    Var sum = 0;
    for (int i = 0; i + 1 < x.Length; i++)
        sum += 100 * Math.Pow(x[i + 1] - x[i] * x[i], 2) + Math.Pow(1 - x[i], 2);
    return sum;
});
double[] x0 = [-1.2, 1.0], v = [1.0, 0.0];

double value = f.Value(x0);                          // 24.2
double[] gradient = f.Gradient(x0);                  // exact, one adjoint sweep
double[] exact = f.Hvp(x0, v);                       // exact Hessian-vector product, forward over reverse
double[] approximate = FiniteDifference.Hvp(f, x0, v); // two gradients, for comparison
Console.WriteLine($"f = {value}   gradient = ({string.Join(", ", gradient)})");
Console.WriteLine($"Hv exact = ({string.Join(", ", exact)})   by differences = ({string.Join(", ", approximate)})");

using LocalModel at = f.At(x0);                      // recorded once, then as many products as you like
double[,] hessian = at.Hessian.ToDense();
Console.WriteLine($"Hessian = [{hessian[0, 0]}, {hessian[0, 1]}; {hessian[1, 0]}, {hessian[1, 1]}]");

double slope = Forward.Derivative(t => Math.Sin(t) * t, 0.3);
Console.WriteLine($"d/dt t sin t at 0.3 = {slope}");

Console.WriteLine(HvpComparison.Run(f, x0, v));      // who is right, and by how much

OptimizationResult best = new TrustRegionNewton().Minimize(f, x0);
Console.WriteLine(best);                             // where, at what cost, and what kind of point it is
CriticalPoint p = CriticalPoint.Classify(Objective.Of(x => x[0] * x[0] - x[1] * x[1] * x[1] * x[1]), [0.0, 0.0]);
Console.WriteLine($"x² − y⁴ at 0: {p.Kind}");        // Saddle, by its fourth derivative
