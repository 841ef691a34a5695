using System.Globalization;

namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>A scalar expression.</summary>
public sealed record ScalarCode(string Text)
{
    public override string ToString() => Text;
}

/// <summary>An array expression and its length.</summary>
public sealed record ArrayCode(string Text, int Length)
{
    public override string ToString() => Text;
}

/// <summary>Writes a program as C# code over <see cref="Var"/> and <see cref="VarVector"/>, to be pasted into an issue.</summary>
public sealed class CodeMachine : Machine<ScalarCode, ArrayCode>
{
    private readonly List<string> _lines;
    private readonly Routine _routine;
    private readonly string _row;
    private int _depth, _inner;

    private CodeMachine(Routine routine, List<string> lines, int depth, string row) =>
        (_routine, _lines, _depth, _row) = (routine, lines, depth, row);

    /// <summary>The whole case.</summary>
    public static string Print(Case c)
    {
        Routine p = c.Program;
        List<string> lines = [];
        string Numbers(IEnumerable<double> values) => "[" + string.Join(", ", values.Select(Text)) + "]";
        if (p.Data.Length > 0)
            lines.Add($"Data data = Data.Of({string.Join(", ", p.Data.Select(Text))});");
        lines.Add($"double[] x0 = {Numbers(c.Points[0])}, x1 = {Numbers(c.Points[1])}, x2 = {Numbers(c.Points[2])}, v = {Numbers(c.V)};");
        lines.Add(p.RowLength > 0 ? $"Objective f = Objective.Sum({Rows(p)}, (x, row) =>" : "Objective f = Objective.Of(x =>");
        Body(p, lines, 0, "x", p.Inputs, null);
        lines[^1] += ");";
        return string.Join(Environment.NewLine, lines);
    }

    private static string Rows(Routine p) =>
        "new double[,] { " + string.Join(
            ", ", Enumerable.Range(0, p.Rows.Length / p.RowLength).Select(
            i => "{ " + string.Join(", ", p.Rows.Skip(i * p.RowLength).Take(p.RowLength).Select(Text)) + " }")) + " }";

    private static void Body(Routine p, List<string> lines, int depth, string x, int inputs, ScalarCode? captured, bool array = false)
    {
        string row = x == "x" ? "row" : "innerRow";
        CodeMachine machine = new(p, lines, depth, row);
        machine.Line("{");
        machine._depth++;
        Walker<ScalarCode, ArrayCode> walker = new(machine, p);
        Inputs<ScalarCode, ArrayCode> more = captured is not null ? Inputs<ScalarCode, ArrayCode>.OfCaptured(captured)
            : p.RowLength > 0 ? Inputs<ScalarCode, ArrayCode>.OfRow(new($"((VarVector){row})", p.RowLength)) : default;
        ArrayCode argument = new(x, inputs);
        string result = array ? walker.Array(argument, more).Text : walker.Scalar(argument, more).Text;
        machine.Line($"return {result};");
        machine._depth--;
        machine.Line("}");
    }

    private void Line(string text) => _lines.Add(new string(' ', 4 * _depth) + text);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private string Inner(Routine f, ScalarCode? captured, bool array, bool rows)
    {
        string name = $"inner{_lines.Count}{++_inner}";
        Line(rows ? $"Objective {name} = Objective.Sum({Rows(f)}, (y, innerRow) =>" : $"{(array ? "VectorFunction" : "Objective")} {name} = {(array ? "VectorFunction" : "Objective")}.Of(y =>");
        Body(f, _lines, _depth, "y", f.Inputs, rows ? null : captured, array);
        _lines[^1] += ");";
        return name;
    }

    public override ScalarCode Keep(string register, ScalarCode value) => new(Written(register, value.Text));

    public override ArrayCode Keep(string register, ArrayCode value) => new(Written(register, value.Text), value.Length);

    private string Written(string register, string value)
    {
        string name = register[(register.LastIndexOf(' ') + 1)..];
        if (name != value)
            Line($"{register} = {value};");
        return name;
    }

    public override void If(ScalarCode x, ScalarCode y, Action then, Action otherwise)
    {
        Line($"if ({x} < {y})");
        Block(then);
        int before = _lines.Count;
        Line("else");
        Block(otherwise);
        if (_lines.Count == before + 3)
            _lines.RemoveRange(before, 3);
    }

    private void Block(Action action)
    {
        Line("{");
        _depth++;
        action();
        _depth--;
        Line("}");
    }

    public override ScalarCode If(ScalarCode x, ScalarCode y, Func<ScalarCode> then, Func<ScalarCode> otherwise) =>
        new($"({x} < {y} ? {then()} : {otherwise()})");

    public override bool Less(ScalarCode x, ScalarCode y) => throw new NotSupportedException();

    public override int Length(ArrayCode x) => x.Length;

    public override ScalarCode Number(double value) => new(value < 0 ? $"({Text(value)})" : Text(value));

    public override ArrayCode Numbers(double[] values) => new($"(VarVector)new double[] {{ {string.Join(", ", values.Select(Text))} }}", values.Length);

    private static string Call(Fn f, string x) => f == Fn.Negate ? $"(-{x})" : $"Math.{f}({x})";

    private static string Call(Bi f, string x, string y) => f switch
    {
        Bi.Add => $"({x} + {y})", Bi.Subtract => $"({x} - {y})", Bi.Multiply => $"({x} * {y})", Bi.Divide => $"({x} / {y})",
        _ => $"Math.{f}({x}, {y})",
    };

    public override ScalarCode Unary(Fn f, ScalarCode x) => new(Call(f, x.Text));

    public override ArrayCode Unary(Fn f, ArrayCode x) => new(Call(f, x.Text), x.Length);

    public override ScalarCode Binary(Bi f, ScalarCode x, ScalarCode y) => new(Call(f, x.Text, y.Text));

    public override ArrayCode Binary(Bi f, ArrayCode x, ArrayCode y) => new(Call(f, x.Text, y.Text), x.Length);

    public override ArrayCode Binary(Bi f, ArrayCode x, ScalarCode y) => new(Call(f, x.Text, y.Text), x.Length);

    public override ArrayCode Binary(Bi f, ScalarCode x, ArrayCode y) => new(Call(f, x.Text, y.Text), y.Length);

    public override ScalarCode Power(ScalarCode x, double c) => new($"Math.Pow({x}, {Text(c)})");

    public override ArrayCode Power(ArrayCode x, double c) => new($"Math.Pow({x}, {Text(c)})", x.Length);

    public override ScalarCode Fma(ScalarCode x, ScalarCode y, ScalarCode z) => new($"Math.FusedMultiplyAdd({x}, {y}, {z})");

    public override ArrayCode Fma(ArrayCode x, ArrayCode y, ArrayCode z) => new($"Math.FusedMultiplyAdd({x}, {y}, {z})", x.Length);

    public override ScalarCode Bump(ScalarCode x) => new($"Var.Apply<BumpRule>({x})");

    public override ArrayCode Bump(ArrayCode x) => new($"VarVector.Apply<BumpRule>({x})", x.Length);

    public override ScalarCode Stop(ScalarCode x) => new($"Math.StopGradient({x})");

        public override ArrayCode Choose(ArrayCode x, ArrayCode y, bool orEqual, ArrayCode then, ArrayCode otherwise) => new($"Math.Where({x} {(orEqual ? ">=" : ">")} {y}, {then}, {otherwise})", x.Length);

    public override ScalarCode Element(ArrayCode x, int i) => new($"{Grouped(x)}[{i}]");

    private static string Grouped(ArrayCode x) => x.Text.StartsWith("(VarVector)", StringComparison.Ordinal) ? $"({x})" : x.Text;

    public override ArrayCode Slice(ArrayCode x, int start, int length) => new($"{Grouped(x)}.Slice({start}, {length})", length);

    public override ArrayCode Concat(ArrayCode x, ArrayCode y) => new($"VarVector.Concat({x}, {y})", x.Length + y.Length);

    public override ArrayCode Pack(ScalarCode[] x) => new($"VarVector.Of({string.Join(", ", x)})", x.Length);

    public override ArrayCode Gather(ArrayCode x, int[] indices) => new($"{Grouped(x)}.Gather([{string.Join(", ", indices)}])", indices.Length);

    public override ArrayCode ScatterAdd(ArrayCode x, int[] indices, int length) => new($"{Grouped(x)}.ScatterAdd([{string.Join(", ", indices)}], {length})", length);

    public override ArrayCode Softmax(ArrayCode x) => new($"{Grouped(x)}.Softmax()", x.Length);

    public override ArrayCode LogSoftmax(ArrayCode x) => new($"{Grouped(x)}.LogSoftmax()", x.Length);

    public override ArrayCode CumulativeSum(ArrayCode x) => new($"{Grouped(x)}.CumulativeSum()", x.Length);

    public override ArrayCode MatMul(ArrayCode x, int rows, ArrayCode y, int columns) => columns == 1
        ? new($"{Grouped(x)}.Reshape({rows}, {x.Length / rows}).MatMul({y})", rows)
        : new($"{Grouped(x)}.Reshape({rows}, {x.Length / rows}).MatMul({Grouped(y)}.Reshape({y.Length / columns}, {columns})).Flatten()",
            rows * columns);

    public override ArrayCode Solve(ArrayCode matrix, ArrayCode b) =>
        new($"{Grouped(matrix)}.Reshape({b.Length}, {b.Length}).Solve({b})", b.Length);

    public override ArrayCode SolveTriangular(ArrayCode matrix, ArrayCode b) =>
        new($"{Grouped(matrix)}.Reshape({b.Length}, {b.Length}).SolveTriangular({b})", b.Length);

    public override ArrayCode ColumnSums(ArrayCode x, int rows) =>
        new($"{Grouped(x)}.Reshape({rows}, {x.Length / rows}).SumRows()", x.Length / rows);

    public override ArrayCode Custom(int which, ArrayCode x) =>
        new($"new {(which == 0 ? nameof(Neighbours) : which == 1 ? nameof(SineTimesFirst) : nameof(CubesAndSum))}().Apply({x})", which == 2
            ? 2 : x.Length);

    public override ScalarCode Sum(ArrayCode x) => new($"{Grouped(x)}.Sum()");

    public override ScalarCode Dot(ArrayCode x, ArrayCode y) => new($"{Grouped(x)}.Dot({y})");

    public override ScalarCode Norm(ArrayCode x) => new($"{Grouped(x)}.Norm()");

    public override ScalarCode LogSumExp(ArrayCode x) => new($"{Grouped(x)}.LogSumExp()");

    public override ScalarCode Mean(ArrayCode x) => new($"{Grouped(x)}.Mean()");

    public override ScalarCode Product(ArrayCode x) => new($"{Grouped(x)}.Product()");

    public override ScalarCode Largest(ArrayCode x) => new($"{Grouped(x)}.Max()");

    public override ScalarCode Smallest(ArrayCode x) => new($"{Grouped(x)}.Min()");

    public override ScalarCode LogDeterminant(ArrayCode matrix, int n) => new($"{Grouped(matrix)}.Reshape({n}, {n}).LogDeterminant()");

    public override ScalarCode Determinant(ArrayCode matrix, int n) => new($"{Grouped(matrix)}.Reshape({n}, {n}).Determinant()");

    public override ScalarCode DataElement(int i) => new($"data[{i}]");

    public override ArrayCode DataArray() => new("((VarVector)data)", _routine.Data.Length);

    public override ScalarCode Label(ArrayCode x) => new($"{Grouped(x)}[{_row}.Label({_routine.RowLength - 1})]");

    public override ScalarCode CrossEntropy(ArrayCode x) => new($"{Grouped(x)}.CrossEntropy({_row}.Label({_routine.RowLength - 1}))");

    public override ArrayCode InnerGradient(Routine f, ArrayCode x, ScalarCode captured) =>
        new($"{Inner(f, captured, false, false)}.Gradient({x})", f.Inputs);

    public override ArrayCode InnerHvp(Routine f, ArrayCode x, ArrayCode v, ScalarCode captured) =>
        new($"{Inner(f, captured, false, false)}.Hvp({x}, {v})", f.Inputs);

    public override ArrayCode InnerJvp(Routine f, ArrayCode x, ArrayCode v, ScalarCode captured) =>
        new($"{Inner(f, captured, true, false)}.Jvp({x}, {v})", Outputs(f));

    public override ArrayCode InnerVjp(Routine f, ArrayCode x, ArrayCode u, ScalarCode captured)
    {
        int length = Outputs(f);
        ArrayCode fitted = Gather(u, [.. Enumerable.Range(0, length).Select(k => k % u.Length)]);
        return new($"{Inner(f, captured, true, false)}.Vjp({x}, {fitted})", f.Inputs);
    }

    public override ScalarCode InnerRows(Routine f, ArrayCode x) => new($"{Inner(f, null, false, true)}.Value({x})");

    private static int Outputs(Routine f) => f.Scalars + f.Lengths.Where((_, k) => (f.Results >> (16 + k) & 1) != 0).Sum();
}
