using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;

namespace AutoDiff.Tests.House;

/// <summary>Repeated gradients and products allocate nothing beyond what the lambda itself does.</summary>
public class AllocationTests
{
    public static TheoryData<string> Names() => ["Rosenbrock scalars", "Rosenbrock arrays", "network", "Lennard-Jones"];

    [Theory, MemberData(nameof(Names))]
    public void A_repeated_product_allocates_nothing(string name)
    {
        (Objective f, double[] x) = Get(name);
        double[] v = Reference.Printed.Sines(x.Length), product = new double[x.Length];
        using LocalModel at = f.At(x);
        Allocated(() => at.Hessian.Apply(v, product)).ShouldBe(0);
    }

    [Theory, InlineData("Rosenbrock scalars"), InlineData("Rosenbrock arrays"), InlineData("Lennard-Jones")]
    public void A_repeated_gradient_allocates_nothing(string name)
    {
        (Objective f, double[] x) = Get(name);
        double[] gradient = new double[x.Length];
        Allocated(() => f.Gradient(x, gradient)).ShouldBe(0);
    }

    [Fact]
    public void Eight_products_at_once_allocate_nothing()
    {
        (Objective f, double[] x) = Get("Rosenbrock scalars");
        double[] v = Reference.Printed.Sines(8 * x.Length), products = new double[v.Length];
        using LocalModel at = f.At(x);
        Allocated(() => at.Hessian.ApplyMany(v, products, 8)).ShouldBe(0);
    }

    private static (Objective, double[]) Get(string name) => name switch
    {
        "Rosenbrock scalars" => (RosenbrockLambda.Scalar(), Rosenbrock.Start(100)),
        "Rosenbrock arrays" => (RosenbrockLambda.Arrays(), Rosenbrock.Start(100)),
        "network" => Network(),
        _ => (LennardJonesLambda.Scalar(), LennardJones.Lattice(10)),
    };

    private static (Objective, double[]) Network()
    {
        NetworkData data = new(inputs: 30, hidden: 12, classes: 5, batch: 9);
        return (NetworkLambda.Arrays(data), data.Start());
    }

    private static long Allocated(Action action)
    {
        // The first calls make the pools and let the compiler settle.
        for (int i = 0; i < 100; i++)
            action();
        return Allocation.Least(() =>
        {
            for (int i = 0; i < 10; i++)
                action();
        });
    }
}
