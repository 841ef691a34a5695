using AutoDiff.Hvp;
using AutoDiff.Optim;
using AutoDiff.Optim.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Optim.Symmetries;

public class SymmetryTests
{
    private static readonly double[] s_point = [.. Enumerable.Range(0, 12).Select(i => Math.Sin(1.3 * i) + 0.1 * i)];

    [Theory, InlineData("rigid motions", 6), InlineData("translations", 3), InlineData("rotations", 3), InlineData("plane", 3),
        InlineData("rescalings", 1), InlineData("none", 0)]
    public void Tangents_are_as_many_as_the_group_has_parameters(string name, int count)
    {
        Symmetry symmetry = name switch
        {
            "rigid motions" => Symmetry.RigidMotions(),
            "translations" => Symmetry.Translations(),
            "rotations" => Symmetry.Rotations(),
            "plane" => Symmetry.RigidMotions(2),
            "rescalings" => Symmetry.Scale,
            _ => Symmetry.None,
        };
        ShouldBeOrthonormal(symmetry.TangentBasis(s_point), count);
    }

    [Fact]
    public void Points_on_a_line_have_five_rigid_motions_wherever_it_lies()
    {
        double[] direction = [0.3, -0.5, 0.8];
        foreach (double offset in (double[])[0, 1, 1e4])
        {
            double[] x = [.. Enumerable.Range(0, 12).Select(i => offset + (i / 3 * 1.1 - 0.3) * direction[i % 3])];
            ShouldBeOrthonormal(Symmetry.RigidMotions().TangentBasis(x), 5);
        }
        ShouldBeOrthonormal(Symmetry.RigidMotions(2).TangentBasis([0, 0, 1, 1, 2, 2]), 3);
    }

    // Finite rotations are the oracle: x turned by ε, less x, is ε times a tangent.
    [Fact]
    public void Motions_leave_along_the_tangents()
    {
        double[][] basis = Symmetry.RigidMotions().TangentBasis(s_point);
        const double angle = 1e-5;
        double[] moved = [.. s_point];
        for (int i = 0; i < moved.Length; i += 3)
        {
            (double x, double y) = (s_point[i], s_point[i + 1]);
            moved[i] = Math.Cos(angle) * x - Math.Sin(angle) * y + 0.5 * angle;
            moved[i + 1] = Math.Sin(angle) * x + Math.Cos(angle) * y;
        }
        OutsideOf(basis, Difference(moved, s_point)).ShouldBeLessThan(1e-9);
    }

    [Theory, InlineData(false, 4), InlineData(true, 1)]
    public void Gauges_leave_the_product_as_it_is(bool isOrthogonal, int count)
    {
        Symmetry gauge = Symmetry.Factorization(3, 2, 2, isOrthogonal);
        double[] x = s_point[..10];
        double[][] basis = gauge.TangentBasis(x);
        ShouldBeOrthonormal(basis, count);
        foreach (double[] t in basis)
        {
            double[] beside = [.. x.Zip(t, (a, b) => a + 1e-6 * b)];
            Difference(Product(beside), Product(x)).Max(Math.Abs).ShouldBeLessThan(1e-11);
        }

        static double[] Product(double[] x)
        {
            Matrix<double> a = Matrix<double>.Build.Dense(3, 2, (i, j) => x[2 * i + j]),
                b = Matrix<double>.Build.Dense(2, 2, (i, j) => x[6 + 2 * i + j]);
            return (a * b).ToRowMajorArray();
        }
    }

    [Fact]
    public void Symmetries_combine_and_act_on_parts()
    {
        ShouldBeOrthonormal((Symmetry.Translations() & Symmetry.Rotations()).TangentBasis(s_point), 6);
        ShouldBeOrthonormal((Symmetry.RigidMotions() & Symmetry.Translations()).TangentBasis(s_point), 6);
        double[][] part = Symmetry.Translations(2).On(4, 6).TangentBasis(s_point);
        ShouldBeOrthonormal(part, 2);
        part.ShouldAllBe(t => t.Take(4).All(e => e == 0) && t.Skip(10).All(e => e == 0));
        Symmetry mine = Symmetry.Tangents("spirals", x => [[.. x], new double[x.Length], [.. x.Select(e => 3 * e)]]);
        ShouldBeOrthonormal(mine.TangentBasis(s_point), 1);
        mine.ToString().ShouldBe("spirals");
    }

    [Fact]
    public void Misuse_names_what_is_wrong()
    {
        Should.Throw<ShapeMismatchException>(() => Symmetry.RigidMotions().TangentBasis(new double[4])).Message.ShouldContain("4");
        Should.Throw<ShapeMismatchException>(() => Symmetry.Scale.On(3, 4).TangentBasis(new double[5])).Message.ShouldContain("5");
        Should.Throw<ShapeMismatchException>(
            () => Symmetry.Tangents("mine", _ => [[1, 2]]).TangentBasis(new double[3])).Message.ShouldContain("mine");
        Should.Throw<ArgumentException>(
            () => Symmetry.Tangents("mine", _ => [[1, double.NaN]]).TangentBasis(new double[2])).Message.ShouldContain("finite");
        Should.Throw<ArgumentException>(() => Symmetry.Factorization(2, 2, 0)).Message.ShouldContain("isOrthogonal");
        Should.Throw<ArgumentOutOfRangeException>(() => Symmetry.RigidMotions(4)).Message.ShouldContain("4");
        Should.Throw<ArgumentOutOfRangeException>(() => Symmetry.Translations(0));
    }

    // The complement's spectrum by MathNet: that of H without its zeros.
    [Fact]
    public void Spectra_of_the_complement_lack_the_zero_modes()
    {
        Objective f = Clusters.Energy(3);
        double[] x = new TrustRegionNewton { Certify = false }.Minimize(f, Clusters.Start(7, 3, 1)).X;
        using LocalModel at = f.At(x);
        double[] all = Eigenvalues(at.Hessian.ToDense());
        all.Count(e => Math.Abs(e) < 1e-8).ShouldBe(6);
        double[] expected = [.. all.Where(e => Math.Abs(e) >= 1e-8)];
        ComplementOperator complement = Symmetry.RigidMotions().Complement(at.Hessian, x);
        (complement.ZeroModes, complement.Rows).ShouldBe((6, 15));
        ConditionNumber condition = Spectrum.Condition(complement);
        condition.IsReliable.ShouldBeTrue(condition.ToString());
        condition.Value.ShouldBe(expected[^1] / expected[0], 1e-8 * condition.Value);
        EigenpairResult pairs = Spectrum.Eigenpairs(complement, new EigenpairOptions { Count = 2 });
        double[] hv = new double[x.Length];
        for (int k = 0; k < 2; k++)
        {
            pairs.Pairs[k].Value.ShouldBe(expected[k], 1e-6 * expected[^1]);
            double[] v = pairs.Pairs[k].Vector;
            at.Hessian.Apply(v, hv);
            Vectors.AddScaled(-pairs.Pairs[k].Value, v, hv);
            Vectors.Norm(hv).ShouldBeLessThan(1e-5 * expected[^1]);
        }
        Spectrum.Extremes(complement).Smallest[0].Vector.Length.ShouldBe(x.Length);
        Spectrum.Density(complement).Smallest.ShouldBeGreaterThan(0);
    }

    private static double[] Eigenvalues(double[,] h) =>
        [.. Matrix<double>.Build.DenseOfArray(h).Evd(Symmetricity.Symmetric).EigenValues.Select(e => e.Real)];

    private static void ShouldBeOrthonormal(double[][] basis, int count)
    {
        basis.Length.ShouldBe(count);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
                Vectors.Dot(basis[i], basis[j]).ShouldBe(i == j ? 1 : 0, 1e-13);
        }
    }

    private static double[] Difference(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a - b)];

    // What is left of v outside of the basis.
    private static double OutsideOf(double[][] basis, double[] v)
    {
        double[] rest = [.. v];
        foreach (double[] t in basis)
            Vectors.AddScaled(-Vectors.Dot(t, v), t, rest);
        return Vectors.Norm(rest);
    }
}
