using AutoDiff.Hvp;
using AutoDiff.Optim;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Optim.Symmetries;

public class VerdictTests
{
    // Energies of the known minima: The Cambridge Cluster Database.
    private static readonly Dictionary<int, double> s_energies =
        new() { [3] = -3, [4] = -6, [5] = -9.103852, [6] = -12.712062, [7] = -16.505384, [13] = -44.326801 };

    [Theory, InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(13)]
    public void Clusters_are_minima_up_to_six_rigid_motions_however_they_are_turned(int atoms)
    {
        Objective f = Clusters.Energy(3);
        double lowest = double.PositiveInfinity;
        for (int seed = 1; seed <= 40; seed++)
        {
            OptimizationResult found = new Lbfgs { MaxIterations = 3000, Certify = false }.Minimize(f, Clusters.Start(atoms, 3, seed));
            if (!found.IsConverged || Clusters.LargestGap(found.X, 3) > 1.5)
                continue;
            lowest = Math.Min(lowest, found.Value);
            if (seed > 4)
                continue;
            foreach (Symmetry? symmetry in (Symmetry?[])[null, Symmetry.RigidMotions()])
            {
                CriticalPoint verdict =
                    CriticalPoint.Classify(
                    f, Clusters.Moved(found.X, seed), new VerdictOptions { Symmetry = symmetry, GradientTolerance = 1e-6 });
                (verdict.Kind, verdict.ZeroModes, verdict.Index).ShouldBe((CriticalPointKind.Minimum, 6, 0), verdict.ToString());
                verdict.Proof.ShouldBe(symmetry is null ? CriticalPointProof.Numerical : CriticalPointProof.Proven);
                verdict.ToString().ShouldContain("up to 6 rigid motions");
                verdict.Evidence.ShouldContain("minimum up to 6 rigid motions");
                using LocalModel at = f.At(verdict.X);
                double[] eigenvalues =
                    [.. Matrix<double>.Build.DenseOfArray(at.Hessian.ToDense()).Evd(Symmetricity.Symmetric).EigenValues.Select(
                    e => e.Real).Order()];
                verdict.LowestEigenvalue.ShouldBe(eigenvalues[6], 1e-8 * eigenvalues[^1]);
                verdict.HighestEigenvalue.ShouldBe(eigenvalues[^1], 1e-8 * eigenvalues[^1]);
            }
        }
        lowest.ShouldBe(s_energies[atoms], atoms > 7 ? 6 : 1e-5);
    }

    // Three atoms on a line: the middle one at rest, the others at r on either side.
    [Fact]
    public void Three_atoms_on_a_line_have_index_two_in_space_and_one_in_the_plane()
    {
        double u = Math.Pow(2, 1.0 / 6);
        for (int i = 0; i < 50; i++)
            u -= (2 * Slope(u) + 2 * Slope(2 * u)) / (2 * Curvature(u) + 4 * Curvature(2 * u));
        foreach (Symmetry? symmetry in (Symmetry?[])[null, Symmetry.RigidMotions()])
        {
            double[] x = Clusters.Moved([-u, 0, 0, 0, 0, 0, u, 0, 0], 3);
            CriticalPoint verdict = CriticalPoint.Classify(Clusters.Energy(3), x, new VerdictOptions { Symmetry = symmetry });
            (verdict.Kind, verdict.ZeroModes, verdict.Index).ShouldBe((CriticalPointKind.Saddle, 5, 2), verdict.ToString());
        }
        foreach (Symmetry? symmetry in (Symmetry?[])[null, Symmetry.RigidMotions(2)])
        {
            CriticalPoint verdict =
                CriticalPoint.Classify(
                Clusters.Energy(2), [-0.6 * u, -0.8 * u, 0, 0, 0.6 * u, 0.8 * u], new VerdictOptions { Symmetry = symmetry });
            (verdict.Kind, verdict.ZeroModes, verdict.Index).ShouldBe((CriticalPointKind.Saddle, 3, 1), verdict.ToString());
        }

        // φ′ and φ″; E = 2φ(r) + φ(2r).
        static double Slope(double r) => -48 * Math.Pow(r, -13) + 24 * Math.Pow(r, -7);
        static double Curvature(double r) => 624 * Math.Pow(r, -14) - 168 * Math.Pow(r, -8);
    }

    [Fact]
    public void Fifty_atoms_are_a_minimum_up_to_six_rigid_motions()
    {
        Objective f = Clusters.Energy(3);
        foreach (Minimizer method in (Minimizer[])[new Lbfgs(), new TrustRegionNewton()])
        {
            OptimizationResult found = method.Minimize(f, AutoDiff.Problems.LennardJones.Lattice(50));
            found.Verdict.ToString().ShouldStartWith("Minimum up to 6 rigid motions");
            (found.Verdict.ZeroModes, found.Verdict.Index).ShouldBe((6, 0));
        }
    }

    [Fact]
    public void By_Lanczos_the_zero_modes_are_left_out_too()
    {
        Objective f = Clusters.Energy(3);
        double[] x = new TrustRegionNewton { Certify = false }.Minimize(f, AutoDiff.Problems.LennardJones.Lattice(20)).X;
        foreach (Symmetry? symmetry in (Symmetry?[])[null, Symmetry.RigidMotions()])
        {
            CriticalPoint verdict =
                CriticalPoint.Classify(
                f, x, new VerdictOptions { DenseLimit = 0, MaxProducts = 500, Symmetry = symmetry, GradientTolerance = 1e-6 });
            (verdict.Kind, verdict.ZeroModes, verdict.Proof).ShouldBe(
                (CriticalPointKind.Minimum, 6, CriticalPointProof.Probable), verdict.ToString());
        }
    }

    [Fact]
    public void Null_directions_that_stay_null_are_zero_modes()
    {
        (string Name, Objective F, double[] X, int Modes, CriticalPointKind Kind)[] cases =
        [
            ("x⁴ − x² + 0y, minimum", Objective.Of(x => Math.Pow(x[0], 4) - x[0] * x[0] + 0 * x[1]), [Math.Sqrt(0.5), 0.3], 1,
                CriticalPointKind.Minimum),
            ("x⁴ − x² + 0y, maximum", Objective.Of(x => Math.Pow(x[0], 4) - x[0] * x[0] + 0 * x[1]), [0, 0.3], 1,
                CriticalPointKind.Maximum),
            ("(1 − xy)²", Objective.Of(x => Math.Square(1 - x[0] * x[1])), [2, 0.5], 1, CriticalPointKind.Minimum),
            ("(1 − xyz)²", Objective.Of(x => Math.Square(1 - x[0] * x[1] * x[2])), [2, 0.5, 1], 2, CriticalPointKind.Minimum),
            ("ring", Objective.Of(x => Math.Square(x[0] * x[0] + 2 * x[1] * x[1] - 1) + x[2] * x[2]), [1, 0, 0], 1,
                CriticalPointKind.Minimum),
            ("parabola", Objective.Of(x => Math.Square(x[1] - x[0] * x[0])), [0.4, 0.16], 1, CriticalPointKind.Minimum),
        ];
        foreach ((string name, Objective f, double[] x, int modes, CriticalPointKind kind) in cases)
        {
            CriticalPoint verdict = CriticalPoint.Classify(f, x);
            (verdict.Kind, verdict.ZeroModes, verdict.Proof).ShouldBe((kind, modes, CriticalPointProof.Numerical), $"{name}: {verdict}");
            CriticalPoint.Classify(f, x, new VerdictOptions { Symmetry = Symmetry.None }).Kind.ShouldBe(kind, name);
        }
    }

    // Flat as they look, these rise or fall farther off, or along one direction only.
    [Fact]
    public void What_is_only_flat_nearby_or_along_curves_that_cross_is_no_symmetry()
    {
        (string Name, Objective F, double[] X)[] cases =
        [
            ("x² − (1e-5y)⁶", Objective.Of(x => x[0] * x[0] - Math.Pow(1e-5 * x[1], 6)), [0, 0]),
            ("x² + y⁸", Objective.Of(x => x[0] * x[0] + Math.Pow(x[1], 8)), [0, 0]),
            ("rotated x² − (1e-3y)⁶",
                Objective.Of(x => Math.Square(0.6 * x[0] + 0.8 * x[1]) - Math.Pow(1e-3 * (0.8 * x[0] - 0.6 * x[1]), 6)), [0, 0]),
            ("x²y²", Objective.Of(x => Math.Square(x[0] * x[1])), [0, 0]),
            ("x²y² + z²", Objective.Of(x => Math.Square(x[0] * x[1]) + x[2] * x[2]), [0, 0, 0]),
            ("x² + y²⁰", Objective.Of(x => x[0] * x[0] + Math.Pow(x[1], 20)), [0, 0]),
        ];
        foreach ((string name, Objective f, double[] x) in cases)
        {
            CriticalPoint verdict = CriticalPoint.Classify(f, x);
            verdict.ZeroModes.ShouldBe(0, $"{name}: {verdict}");
            verdict.ToString().ShouldNotContain("up to");
            if (verdict.Kind != CriticalPointKind.Undecided)
                name.ShouldContain("+ y", Case.Sensitive, $"{name}: {verdict}");
        }
    }

    [Fact]
    public void A_factorization_is_a_minimum_up_to_its_gauge()
    {
        double[] target = [1, 2, 0.5, -1, 0.3, 2, 0.7, 1.1, -0.4];
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 3; j++)
                    sum += Math.Square(x[2 * i] * x[6 + j] + x[2 * i + 1] * x[9 + j] - target[3 * i + j]);
            }
            return sum;
        });
        double[] start = [.. Enumerable.Range(0, 12).Select(i => Math.Cos(2.1 * i))];
        OptimizationResult found = new TrustRegionNewton { Symmetry = Symmetry.Factorization(3, 2, 3) }.Minimize(f, start);
        (found.Verdict.Kind, found.Verdict.ZeroModes, found.Verdict.Proof).ShouldBe(
            (CriticalPointKind.Minimum, 4, CriticalPointProof.Proven), found.ToString());
        // The best approximation of rank two leaves the square of the third singular value.
        double third = Matrix<double>.Build.Dense(3, 3, (i, j) => target[3 * i + j]).Svd().S[2];
        found.Value.ShouldBe(third * third, 1e-10);
        CriticalPoint detected = CriticalPoint.Classify(f, found.X);
        (detected.Kind, detected.ZeroModes, detected.Proof).ShouldBe(
            (CriticalPointKind.Minimum, 4, CriticalPointProof.Numerical), detected.ToString());
    }

    // Gauges that nobody declared and no motion of points is: of factors, of softmax among other variables, of a ReLU's two layers.
    [Theory]
    [InlineData("factors", 4), InlineData("larger factors", 4), InlineData("factors with ridge", 1), InlineData("softmax", 1),
        InlineData("two softmaxes", 2), InlineData("relu", 1)]
    public void A_gauge_is_found_by_following_it(string name, int modes)
    {
        (Objective f, double[] start) = Gauge(name);
        OptimizationResult found = new TrustRegionNewton().Minimize(f, start);
        CriticalPoint verdict = name == "factors" ? CriticalPoint.Classify(f, found.X) : found.Verdict;
        (verdict.Kind, verdict.ZeroModes, verdict.Proof).ShouldBe(
            (CriticalPointKind.Minimum, modes, CriticalPointProof.Numerical), verdict.ToString());
        // All eigenvalues by MathNet.
        using LocalModel at = f.At(verdict.X);
        Matrix<double> hessian = Matrix<double>.Build.DenseOfArray(at.Hessian.ToDense());
        double[] all = [.. hessian.Evd(Symmetricity.Symmetric).EigenValues.Select(e => e.Real)];
        all.Count(e => Math.Abs(e) < 1e-9).ShouldBe(modes);
        all.Count(e => e < -1e-9).ShouldBe(0);
    }

    // f with a term of 1e-9 added has one lowest point where the symmetric part has a circle of them.
    [Theory]
    [InlineData(1e-6), InlineData(1e-9)]
    public void A_symmetry_that_is_broken_a_little_is_none(double slope)
    {
        Objective f = Objective.Of(x => Math.Square(x[0] * x[0] + x[1] * x[1] - 1) + slope * x[0]);
        foreach (VerdictOptions options in (VerdictOptions[])[new(), new() { Symmetry = Symmetry.None }])
        {
            CriticalPoint low = CriticalPoint.Classify(f, [-1 - slope / 8, 0], options);
            CriticalPoint high = CriticalPoint.Classify(f, [1 - slope / 8, 0], options);
            (low.Kind, low.ZeroModes).ShouldBe((CriticalPointKind.Minimum, 0), low.ToString());
            (high.Kind, high.ZeroModes, high.Index).ShouldBe((CriticalPointKind.Saddle, 0, 1), high.ToString());
        }
    }

    private static (Objective F, double[] Start) Gauge(string name)
    {
        double[] start = [.. Enumerable.Range(0, 12).Select(i => Math.Cos(2.1 * i))], shares = [0.2, 0.5, 0.3];
        double[] target = [1, 2, 0.5, -1, 0.3, 2, 0.7, 1.1, -0.4];
        double[] inputs = [-1, 0.5, 1, 2, 3], outputs = [0, 0.4, 1.2, 1.9, 3.3];
        return name switch
        {
            "factors" => (Objective.Of(x => Misfit(x)), start),
            "factors with ridge" => (Objective.Of(x => Misfit(x) + 0.05 * x.Dot(x)), start),
            "larger factors" => (Objective.Of(x =>
            {
                Var sum = 0;
                for (int i = 0; i < 4; i++)
                {
                    for (int j = 0; j < 5; j++)
                        sum += Math.Square(x[2 * i] * x[8 + 2 * j] + x[2 * i + 1] * x[9 + 2 * j] - Math.Sin(i + 3 * j));
                }
                return sum;
            }), [.. Enumerable.Range(0, 18).Select(i => Math.Cos(2.1 * i))]),
            "softmax" => (Objective.Of(x => CrossEntropy(x, 0) + Math.Square(x[3] - x[4] * x[4]) + Math.Square(x[4] - 1)), start[..5]),
            "two softmaxes" => (Objective.Of(x => CrossEntropy(x, 0) + CrossEntropy(x, 3) + Math.Square(x[6] - 1)), start[..7]),
            _ => (Objective.Of(x =>
            {
                Var sum = 0;
                for (int i = 0; i < inputs.Length; i++)
                    sum += Math.Square(x[1] * Math.Relu(x[0] * inputs[i] + x[2]) + x[3] - outputs[i]);
                return sum;
            }), [0.7, 0.8, 0.1, 0.05]),
        };

        Var Misfit(VarVector x)
        {
            Var sum = 0;
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 3; j++)
                    sum += Math.Square(x[2 * i] * x[6 + j] + x[2 * i + 1] * x[9 + j] - target[3 * i + j]);
            }
            return sum;
        }

        Var CrossEntropy(VarVector x, int first)
        {
            Var total = 0, mean = 0;
            for (int i = 0; i < 3; i++)
            {
                total += Math.Exp(x[first + i]);
                mean += shares[i] * x[first + i];
            }
            return Math.Log(total) - mean;
        }
    }

    [Fact]
    public void Scale_and_tangents_of_the_users_are_taken_out()
    {
        Objective rayleigh = Objective.Of(x =>
        {
            Var above = 0, below = 0;
            for (int i = 0; i < x.Length; i++)
            {
                above += (i + 1) * x[i] * x[i];
                below += x[i] * x[i];
            }
            return above / below;
        });
        double[] start = [.. Enumerable.Range(0, 30).Select(i => 1 + Math.Sin(i))];
        foreach (Symmetry symmetry in (Symmetry[])[Symmetry.Scale, Symmetry.Tangents("scales", x => [x])])
        {
            OptimizationResult found = new Newton { Symmetry = symmetry }.Minimize(rayleigh, start);
            found.Value.ShouldBe(1, 1e-12, found.ToString());
            (found.Verdict.Kind, found.Verdict.ZeroModes, found.Verdict.Proof).ShouldBe(
                (CriticalPointKind.Minimum, 1, CriticalPointProof.Proven), found.ToString());
        }
    }

    [Fact]
    public void A_symmetry_that_f_does_not_have_is_refused()
    {
        Objective f = Objective.Of(x => x[0] * x[0] + 2 * x[1] * x[1]);
        VerdictOptions options = new() { Symmetry = Symmetry.Rotations(2) };
        Should.Throw<ArgumentException>(() => CriticalPoint.Classify(f, [0, 0], options)).Message.ShouldContain("rotations");
        Should.Throw<ArgumentException>(
            () => new TrustRegionNewton { Symmetry = Symmetry.Rotations(2) }.Minimize(f, [1, 2])).Message.ShouldContain("rotations");
        // Too weak for the gradient to show, but not for the Hessian: the trap holds the cluster.
        Objective trapped = Objective.Of(x =>
        {
            Var energy = 0;
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    Var square = Math.Square(x[2 * i] - x[2 * j]) + Math.Square(x[2 * i + 1] - x[2 * j + 1]),
                        s = 1 / (square * square * square);
                    energy += 4 * s * (s - 1);
                }
                energy -= 1e-8 * (x[2 * i] * x[2 * i] + x[2 * i + 1] * x[2 * i + 1]);
            }
            return energy;
        });
        double r = Math.Pow(2, 1.0 / 6);
        CriticalPoint verdict = CriticalPoint.Classify(
            trapped, [-r / 2, -r / Math.Sqrt(12), r / 2, -r / Math.Sqrt(12), 0, r / Math.Sqrt(3)],
                new VerdictOptions { Symmetry = Symmetry.RigidMotions(2), GradientTolerance = 1e-6 });
        verdict.Kind.ShouldNotBe(CriticalPointKind.Minimum, verdict.ToString());
        verdict.Evidence.ShouldContain("declared do not leave f as it is");
    }
}
