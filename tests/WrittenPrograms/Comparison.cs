using System.Globalization;
using AutoDiff.Hvp;

namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>A number on which the library and the oracle differ by more than rounding explains, or an exception.</summary>
public sealed record Disagreement(string Mode, string What, double Got, double Right, double Tolerance, Exception? Thrown = null)
{
    public override string ToString() => Thrown is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Mode}: {What} is {Got:R}, right is {Right:R} ± {Tolerance:G2}")
        : $"{Mode}: {Thrown.GetType().Name}: {Thrown.Message}";
}

/// <summary>Runs one case in every mode of the library and against the oracle.</summary>
public sealed class Comparison
{
    // What is left to modes that add in yet another order.
    private const double Margin = 32;

    private readonly Case _case;
    private readonly List<Disagreement> _found = [];
    private readonly Dictionary<(int Point, bool Other, bool Mean), Truth> _truths = [];
    private string _mode = "";

    private Comparison(Case c) => _case = c;

    /// <summary>How many numbers were compared, and for how many the tolerance was finer than 1e-9 of the number's terms.</summary>
    public int Compared { get; private set; }

    /// <inheritdoc cref="Compared"/>
    public int Fine { get; private set; }

    /// <summary>Whether a comparison of the program's could fall on either side.</summary>
    public bool Ambiguous { get; private set; }

    /// <summary>Whether the library refused to compile the program.</summary>
    public bool NotReplayable { get; private set; }

    /// <summary>The disagreements, the first of each mode.</summary>
    public IReadOnlyList<Disagreement> Found => _found;

    /// <summary>Compares.</summary>
    public static Comparison Of(Case c)
    {
        Comparison comparison = new(c);
        try
        {
            comparison.Run();
        }
        catch (AmbiguousException)
        {
            comparison.Ambiguous = true;
        }
        return comparison;
    }

    // What the oracle knows at a point: numbers with the derivatives along eᵢ (ε₁), v (ε₂) and v again (ε₃), i over all variables.
    private sealed record Truth(Hyper?[] Along, Hyper[][] Arrays);

    private Truth At(int point, bool otherData = false, bool mean = false)
    {
        if (_truths.TryGetValue((point, otherData, mean), out Truth? known))
            return known;
        double[] x = _case.Points[point];
        double[] data = otherData ? _case.OtherData : _case.Program.Data;
        int generators = 3 + HyperMachine.Depth(_case.Program);
        Hyper?[] along = new Hyper?[x.Length];
        Hyper[][] arrays = new Hyper[x.Length][];
        for (int i = 0; i < x.Length; i++)
        {
            // Away from the first point two variables are enough.
            if (point > 0 && i != 0 && i != (int)(_case.Seed % x.Length))
                continue;
            Hyper[] variables = [.. x.Select((value, k) => Hyper.Variable(generators, value, k == i ? 1 : 0, _case.V[k], _case.V[k]))];
            HyperMachine machine = new(generators, 3, _case.Program, data);
            along[i] = _case.Program.RowLength > 0 ? machine.Rows(_case.Program, variables)
                : new Walker<Hyper, Hyper[]>(machine, _case.Program).Scalar(variables);
            if (mean)
                along[i] = (1.0 / (_case.Program.Rows.Length / _case.Program.RowLength)) * along[i]!;
            arrays[i] = _case.Program.RowLength > 0 || point > 0 ? [] : new Walker<Hyper, Hyper[]>(machine, _case.Program).Array(variables);
        }
        Truth truth = new(along, arrays);
        _truths.Add((point, otherData, mean), truth);
        return truth;
    }

    private void Run()
    {
        Routine p = _case.Program;
        double[][] points = _case.Points;
        int n = p.Inputs;
        // The oracle first: where it is in doubt at any point, no mode is asked.
        for (int k = 0; k < points.Length; k++)
            At(k);
        AutoDiff.Data? data = p.Data.Length > 0 ? AutoDiff.Data.Of(p.Data) : null;
        Objective f = VarMachine.Of(p, data);
        bool third = !p.Steps.Any(s => s.Op == Op.CustomArray && s.Function % 3 == 2);

        Mode("lambda", () => Ordinary(f, 0));
        Mode("lambda at another point", () => Ordinary(f, 1));
        Mode("local model", () => Model(f, 0, third));
        if (third)
        {
            // ∇f inside an objective: its own gradient and product are the second and third derivatives.
            Objective slope = Objective.Of(x => f.Gradient(x).Dot(_case.V));
            Mode("gradient inside", () => Inside(slope));
        }
        if (p.RowLength == 0)
        {
            Mode("compiled", () =>
            {
                Objective compiled = f.Compile(points[0], new CompileOptions { VerifyEvery = _case.Seed % 3 == 0 ? 1 : 0 });
                foreach (int k in new[] { 0, 1, 2, 0, 1 })
                    Ordinary(compiled, k);
                Model(compiled, 2, third);
            });
            Mode("reusing", () =>
            {
                Objective reusing = f.Reusing();
                foreach (int k in new[] { 0, 0, 1, 1, 0, 2, 0 })
                    Ordinary(reusing, k);
                Model(reusing, 0, false);
            });
            Mode("vector function", () => Array(VarMachine.ArrayOf(p, data)));
            Mode("vector function, compiled", () => Array(VarMachine.ArrayOf(p, data).Compile(points[1])));
            if (DualMachine.Runs(p) && third)
                Mode("duals", Duals);
        }
        else
        {
            Mode("rows over threads", () => Threads(VarMachine.OverRows(p, data, false), false));
            Mode("mean over rows", () => Threads(VarMachine.OverRows(p, data, true), true));
            Mode("rows, compiled", () =>
            {
                Objective compiled = f.Compile(points[0]);
                foreach (int k in new[] { 0, 1, 0 })
                    Ordinary(compiled, k);
            });
        }
        if (data is not null)
        {
            At(0, true);
            Objective? compiled = null;
            Objective reusing = f.Reusing();
            Mode("compiled before Data.Set", () =>
            {
                reusing.Gradient(points[0]);
                reusing.Gradient(points[0]);
                compiled = f.Compile(points[0]);
                Ordinary(compiled, 0);
            });
            data.Set(_case.OtherData);
            foreach ((string name, Objective? objective) in new[] { ("lambda", f), ("compiled", compiled), ("reusing", reusing) })
                Mode($"{name} after Data.Set", () => Ordinary(objective ?? f, 0, true));
        }
    }

    private void Mode(string name, Action action)
    {
        _mode = name;
        try
        {
            action();
        }
        catch (NotReplayableException) when (_mode.Contains("compiled", StringComparison.Ordinal))
        {
            // It says so: decompositions inside inner derivatives choose their pivots by value.
            NotReplayable = true;
        }
        catch (Exception e) when (e is not AmbiguousException)
        {
            Add(new Disagreement(name, "", 0, 0, 0, e));
        }
    }

    private void Ordinary(Objective f, int point, bool otherData = false, bool mean = false)
    {
        double[] x = _case.Points[point];
        Truth truth = At(point, otherData, mean);
        Same($"value at point {point}", f.Value(x), truth.Along[0], 0);
        double[] gradient = f.Gradient(x), product = f.Hvp(x.AsSpan(), _case.V);
        for (int i = 0; i < x.Length; i++)
        {
            Same($"gradient[{i}] at point {point}", gradient[i], truth.Along[i], 1);
            Same($"Hv[{i}] at point {point}", product[i], truth.Along[i], 3);
        }
    }

    private void Model(Objective f, int point, bool third)
    {
        double[] x = _case.Points[point];
        Truth truth = At(point);
        using LocalModel at = f.At(x);
        Same($"value at point {point}", at.Value, truth.Along[0], 0);
        // v among other directions, at a place that changes with the seed.
        int count = 1 + (int)(_case.Seed % 19), place = (int)(_case.Seed / 19 % count), n = x.Length;
        double[] directions = new double[count * n], products = new double[count * n];
        for (int i = 0; i < directions.Length; i++)
            directions[i] = i / n == place ? _case.V[i % n] : Math.Sin(i);
        at.Hessian.ApplyMany(directions, products, count);
        double[] one = at.Hessian.Apply(_case.V);
        double[,] dense = at.Hessian.ToDense();
        for (int i = 0; i < n; i++)
        {
            Same($"gradient[{i}] at point {point}", at.Gradient[i], truth.Along[i], 1);
            Same($"Hv[{i}] at point {point}", one[i], truth.Along[i], 3);
            Same($"Hv[{i}] of {count} directions at point {point}", products[place * n + i], truth.Along[i], 3);
            double row = 0, size = 0;
            for (int j = 0; j < n; j++)
            {
                row += dense[i, j] * _case.V[j];
                size += Math.Abs(dense[i, j] * _case.V[j]);
            }
            // The dense rows may cancel in a product with v, which the oracle's terms do not know of.
            Same($"(dense Hessian·v)[{i}] at point {point}", row, truth.Along[i], 3, 1e-14 * size);
        }
        if (!third)
            return;
        TaylorExpansion expansion = at.Expand(_case.V, 3);
        Same("φ″ along v", expansion.Derivatives[2], truth.Along[0], 6);
        for (int i = 0; i < n; i++)
        {
            Same($"γ′[{i}]", expansion.GradientDerivative(1)[i], truth.Along[i], 3);
            Same($"γ″[{i}]", expansion.GradientDerivative(2)[i], truth.Along[i], 7);
        }
    }

    private void Inside(Objective slope)
    {
        Truth truth = At(0);
        double[] x = _case.Points[0], gradient = slope.Gradient(x), product = slope.Hvp(x.AsSpan(), _case.V);
        Same("∇f·v", slope.Value(x), truth.Along[0], 2);
        for (int i = 0; i < x.Length; i++)
        {
            Same($"its gradient[{i}]", gradient[i], truth.Along[i], 3);
            Same($"its Hv[{i}]", product[i], truth.Along[i], 7);
        }
    }

    private void Array(VectorFunction f)
    {
        Truth truth = At(0);
        double[] x = _case.Points[0], value = f.Value(x), jvp = f.Jvp(x, _case.V);
        int m = value.Length;
        double[,] jacobian = f.Jacobian(x);
        double[] u = [.. Enumerable.Range(0, m).Select(k => Math.Cos(1 + 3 * k))], vjp = f.Vjp(x, u);
        using JacobianOperator at = f.At(x);
        double[] kept = at.Apply(_case.V), transposed = at.ApplyTranspose(u);
        for (int k = 0; k < m; k++)
        {
            Same($"F[{k}]", value[k], truth.Arrays[0][k], 0);
            Same($"Jv[{k}]", jvp[k], truth.Arrays[0][k], 2);
            Same($"Jv[{k}] of the operator", kept[k], truth.Arrays[0][k], 2);
            for (int i = 0; i < x.Length; i++)
                Same($"J[{k}, {i}]", jacobian[k, i], truth.Arrays[i][k], 1);
        }
        for (int i = 0; i < x.Length; i++)
        {
            Hyper sum = Hyper.Sum([.. truth.Arrays[i].Select((y, k) => u[k] * y)], truth.Arrays[i][0].Generators);
            Same($"Jᵀu[{i}]", vjp[i], sum, 1);
            Same($"Jᵀu[{i}] of the operator", transposed[i], sum, 1);
        }
    }

    private void Duals()
    {
        Truth truth = At(0);
        double[] x = _case.Points[0], v = _case.V;
        (double value, double first, double second) = Forward.ValueAndDerivatives(
            t =>
                new Walker<Dual<Dual<double>>, Dual<Dual<double>>[]>(new DualMachine(_case.Program.Data), _case.Program).Scalar(
                [.. x.Select((e, i) => e + v[i] * t)]), 0);
        Same("value", value, truth.Along[0], 0);
        Same("first", first, truth.Along[0], 2);
        Same("second", second, truth.Along[0], 6);
    }

    private void Threads(DataObjective f, bool mean)
    {
        Ordinary(f, 0, false, mean);
        double[] x = _case.Points[0], gradient = f.Gradient(x), product = f.Hvp(x.AsSpan(), _case.V);
        foreach (int threads in new[] { 2, 8 })
        {
            f.MaxDegreeOfParallelism = threads;
            double[] other = f.Gradient(x), otherProduct = f.Hvp(x.AsSpan(), _case.V);
            for (int i = 0; i < x.Length; i++)
            {
                if (BitConverter.DoubleToInt64Bits(other[i]) != BitConverter.DoubleToInt64Bits(gradient[i]))
                    Add(new Disagreement(_mode, $"gradient[{i}] with {threads} threads, to the bit", other[i], gradient[i], 0));
                if (BitConverter.DoubleToInt64Bits(otherProduct[i]) != BitConverter.DoubleToInt64Bits(product[i]))
                    Add(new Disagreement(_mode, $"Hv[{i}] with {threads} threads, to the bit", otherProduct[i], product[i], 0));
            }
        }
    }

    private void Same(string what, double got, Hyper? right, int set, double more = 0)
    {
        if (right is null)
            return;
        // Even a number that is passed on unchanged may be halved and added up again (ties of largest elements).
        double tolerance = Margin * right.Error(set) + 1e-15 * right.Size(set) + more + 1e-290;
        Compared++;
        if (tolerance <= 1e-9 * Math.Max(right.Size(set), 1e-280))
            Fine++;
        if (!(Math.Abs(got - right[set]) <= tolerance))
            Add(new Disagreement(_mode, what, got, right[set], tolerance));
    }

    private void Add(Disagreement d)
    {
        if (!_found.Any(other => other.Mode == d.Mode))
            _found.Add(d);
    }
}
