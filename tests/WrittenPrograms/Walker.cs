namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>What a routine is given beside its variables: a row, or a number of its caller's.</summary>
public readonly record struct Inputs<S, V>(bool HasRow, V Row, bool HasCaptured, S Captured)
{
    public static Inputs<S, V> OfRow(V row) => new(true, row, false, default!);

    public static Inputs<S, V> OfCaptured(S captured) => new(false, default!, true, captured);
}

/// <summary>Runs a routine on a machine. The meaning of every step stands here, once, in terms of the machine's operations.</summary>
public sealed class Walker<S, V>(Machine<S, V> machine, Routine routine)
{
    private S[] _s = [];
    private V[] _v = [];

    /// <summary>The sum of the registers that count.</summary>
    public S Scalar(V x, Inputs<S, V> more = default)
    {
        Run(x, more);
        S result = machine.Number(0.25);
        for (int k = 0; k < _s.Length; k++)
        {
            if ((routine.Results >> k & 1) != 0)
                result = machine.Binary(Bi.Add, result, machine.Binary(Bi.Multiply, _s[k], machine.Number(1 - 0.3 * k)));
        }
        for (int k = 0; k < _v.Length; k++)
        {
            if ((routine.Results >> (16 + k) & 1) != 0)
                result = machine.Binary(
                    Bi.Add, result, machine.Binary(
                    Bi.Multiply, machine.Dot(_v[k], machine.Numbers(Ramp(routine.Lengths[k], 0.7))),
                    machine.Number(1.0 / Math.Sqrt(routine.Lengths[k]))));
        }
        return result;
    }

    /// <summary>The registers that count, as one array.</summary>
    public V Array(V x, Inputs<S, V> more = default)
    {
        Run(x, more);
        V result = machine.Pack(_s);
        for (int k = 0; k < _v.Length; k++)
        {
            if ((routine.Results >> (16 + k) & 1) != 0)
                result = machine.Concat(result, _v[k]);
        }
        return result;
    }

    private void Run(V x, Inputs<S, V> more)
    {
        int n = machine.Length(x);
        _s = new S[routine.Scalars];
        for (int k = 0; k < _s.Length; k++)
            _s[k] = machine.Element(x, k % n);
        if (more.HasCaptured && _s.Length > 1)
            _s[1] = machine.Binary(Bi.Multiply, _s[1], more.Captured);
        if (more.HasRow && _s.Length > 2)
            _s[2] = machine.Element(more.Row, 0);
        _v = new V[routine.Lengths.Length];
        for (int k = 0; k < _v.Length; k++)
        {
            int length = routine.Lengths[k];
            _v[k] = Fit(k == 1 && more.HasRow ? more.Row : x, length);
            if (length > n)
                _v[k] = machine.Binary(Bi.Multiply, _v[k], machine.Numbers(Ramp(length, 0.5 + k)));
        }
        for (int k = 0; k < _s.Length; k++)
            _s[k] = machine.Keep($"Var s{k}", _s[k]);
        for (int k = 0; k < _v.Length; k++)
            _v[k] = machine.Keep($"VarVector v{k}", _v[k]);
        Run(routine.Body);
    }

    private static double[] Ramp(int length, double phase) =>
        [.. Enumerable.Range(0, length).Select(i => Math.Round(0.75 + 0.25 * Math.Sin(phase + 1.7 * i), 3))];

    private V Fit(V x, int length)
    {
        int n = machine.Length(x);
        return n == length ? x : n > length && length % 2 == 1 ? machine.Slice(x, (n - length) / 2, length)
            : machine.Gather(x, [.. Enumerable.Range(0, length).Select(i => i % n)]);
    }

    private void Run(Step[] steps)
    {
        foreach (Step step in steps)
            Run(step);
    }

    private S Scalar(int register) => _s[register % _s.Length];

    private V Array(int register) => _v[register % _v.Length];

    private void Set(Step step, S value)
    {
        int to = step.To % _s.Length;
        _s[to] = machine.Keep($"s{to}", value);
    }

    private void Set(Step step, V value)
    {
        int to = step.To % _v.Length;
        _v[to] = machine.Keep($"v{to}", Fit(value, routine.Lengths[to]));
    }

    private void Run(Step t)
    {
        S a = Scalar(t.A), b = Scalar(t.B), c = Scalar(t.C);
        V u = Array(t.A), v = Array(t.B), w = Array(t.C);
        Fn fn = (Fn)(t.Function % Enum.GetValues<Fn>().Length);
        Bi bi = (Bi)(t.Function % Enum.GetValues<Bi>().Length);
        int length = machine.Length(u), few = 1 + t.Indices[0] % Math.Min(5, length);
        switch (t.Op)
        {
            case Op.Unary: Set(t, Safe(fn, a)); break;
            case Op.Binary: Set(t, Safe(bi, a, b)); break;
            case Op.BinaryConstant: Set(
                t, t.To % 2 == 0 ? Safe(bi, a, machine.Number(t.Number)) : Safe(bi, machine.Number(t.Number), a)); break;
            case Op.PowerConstant: Set(t, Tame(machine.Power(Positive(a), t.Number))); break;
            case Op.FusedMultiplyAdd: Set(t, Tame(machine.Fma(a, b, c))); break;
            case Op.StopGradient: Set(t, machine.Binary(Bi.Multiply, machine.Stop(a), b)); break;
            case Op.CustomRule: Set(t, machine.Bump(a)); break;
            case Op.UnaryArray: Set(t, Safe(fn, u)); break;
            case Op.BinaryArrays: Set(t, Safe(bi, u, Fit(v, length))); break;
            case Op.ArrayScalar: Set(t, Safe(bi, u, b)); break;
            case Op.ScalarArray: Set(t, Safe(bi, b, u)); break;
            case Op.ArrayConstant: Set(t, Safe(bi, u, machine.Number(t.Number))); break;
            case Op.ArrayNumbers: Set(t, Safe(bi, u, machine.Numbers(Ramp(length, t.Number)))); break;
            case Op.FusedMultiplyAddArray: Set(t, Tame(machine.Fma(u, Fit(v, length), Fit(w, length)))); break;
            case Op.PowerArray: Set(t, Tame(machine.Power(Positive(u), t.Number))); break;
            case Op.CustomRuleArray: Set(t, machine.Bump(u)); break;
            case Op.Choice: Set(t, machine.Choose(u, Fit(v, length), t.Function % 2 == 0, Safe(Fn.Log, Fit(w, length)), u)); break;
            case Op.Shift: Set(t, machine.Gather(u, [.. Enumerable.Range(0, length).Select(i => (i + 1 + t.Indices[0]) % length)])); break;
            case Op.Gather: Set(t, machine.Gather(u, [.. t.Indices.Select(i => i % length)])); break;
            case Op.Splice:
                int cut = t.Indices[0] % (length + 1), other = machine.Length(v), part = Math.Min(other, 1 + cut);
                Set(t, machine.Concat(machine.Slice(u, cut, length - cut), machine.Slice(v, other - part, part)));
                break;
            case Op.ScatterAdd: Set(
                t, machine.ScatterAdd(u, [.. Enumerable.Range(0, length).Select(i => t.Indices[i % t.Indices.Length] % 7)], 7)); break;
            case Op.Pack: Set(t, machine.Pack([a, b, c, Safe(fn, a)])); break;
            case Op.Softmax: Set(t, machine.Softmax(u)); break;
            case Op.LogSoftmax: Set(t, Tame(machine.LogSoftmax(u))); break;
            case Op.CumulativeSum: Set(t, Tame(machine.CumulativeSum(u))); break;
            case Op.MatrixVector:
                int rows = length / few;
                Set(t, Tame(machine.MatMul(machine.Slice(u, 0, rows * few), rows, Fit(v, few), 1)));
                break;
            case Op.MatrixMatrix:
                int k = Math.Max(1, length / few), columns = 1 + t.Indices[0] % 3;
                Set(t, Tame(machine.MatMul(machine.Slice(u, 0, few * k), few, Fit(v, k * columns), columns)));
                break;
            case Op.Solve: Set(t, machine.Solve(Dominant(u, few), Fit(v, few))); break;
            case Op.SolveTriangular: Set(t, machine.SolveTriangular(Dominant(u, few), Fit(v, few))); break;
            case Op.ColumnSums: Set(t, Tame(machine.ColumnSums(machine.Slice(u, 0, length / few * few), few))); break;
            case Op.CustomArray: Set(t, Tame(machine.Custom(t.Function % 3, u))); break;
            case Op.Element: Set(t, machine.Element(u, t.Indices[0] % length)); break;
            case Op.Sum: Set(t, Tame(machine.Sum(u))); break;
            case Op.Dot: Set(t, Tame(machine.Dot(u, Fit(v, length)))); break;
            case Op.Norm: Set(t, Tame(machine.Norm(machine.Concat(u, machine.Numbers([0.5]))))); break;
            case Op.LogSumExp: Set(t, machine.LogSumExp(u)); break;
            case Op.Mean: Set(t, machine.Mean(u)); break;
            case Op.Product: Set(t, Tame(machine.Product(Fit(u, few)))); break;
            case Op.Largest: Set(t, machine.Largest(u)); break;
            case Op.Smallest: Set(t, machine.Smallest(u)); break;
            case Op.LogDeterminant: Set(t, Tame(machine.LogDeterminant(Dominant(u, few), few))); break;
            case Op.Determinant: Set(t, Tame(machine.Determinant(Dominant(u, few), few))); break;
            case Op.DataScalar: Set(t, machine.Binary(Bi.Multiply, a, machine.DataElement(t.Indices[0] % routine.Data.Length))); break;
            case Op.DataArray: Set(t, machine.Binary(Bi.Multiply, u, Fit(machine.DataArray(), length))); break;
            case Op.Label: Set(t, machine.Label(Fit(u, 3))); break;
            case Op.CrossEntropy: Set(t, machine.CrossEntropy(Fit(u, 3))); break;
            case Op.InnerGradient: Set(t, Tame(machine.InnerGradient(t.Inner!, Fit(u, t.Inner!.Inputs), b))); break;
            case Op.InnerHvp: Set(t, Tame(machine.InnerHvp(t.Inner!, Fit(u, t.Inner!.Inputs), Fit(v, t.Inner!.Inputs), b))); break;
            case Op.InnerJvp: Set(t, Tame(machine.InnerJvp(t.Inner!, Fit(u, t.Inner!.Inputs), Fit(v, t.Inner!.Inputs), b))); break;
            case Op.InnerVjp: Set(t, Tame(machine.InnerVjp(t.Inner!, Fit(u, t.Inner!.Inputs), v, b))); break;
            case Op.InnerRows: Set(t, Tame(machine.InnerRows(t.Inner!, Fit(u, t.Inner!.Inputs)))); break;
            case Op.If: machine.If(a, b, () => Run(t.Then), () => Run(t.Else)); break;
            case Op.While: Turn(t, 0); break;
            default: Loop(t, fn, u, Fit(v, length)); break;
        }
    }

    // while (sₜ < number) { …; sₜ += σ(s) + ¼; }, five times at most.
    private void Turn(Step t, int turn)
    {
        if (turn == 5)
            return;
        machine.If(Scalar(t.To), machine.Number(t.Number), () =>
        {
            Run(t.Then);
            Set(t, machine.Binary(
                Bi.Add, Scalar(t.To), machine.Binary(Bi.Add, machine.Unary(Fn.Sigmoid, Scalar(t.B)), machine.Number(0.25))));
            Turn(t, turn + 1);
        }, () => { });
    }

    // Scalar loops over an array's elements, of the kinds that a compiler of recordings finds again.
    private void Loop(Step t, Fn fn, V u, V v)
    {
        int length = machine.Length(u);
        S sum = Scalar(t.B);
        S[] written = new S[length];
        for (int i = 0; i < length; i++)
        {
            S x = machine.Element(u, i), y = machine.Element(v, (i + t.Indices[0]) % length);
            switch (t.C % 5)
            {
                case 0: sum = machine.Binary(Bi.Add, sum, machine.Binary(Bi.Multiply, Safe(fn, x), y)); break;
                case 1: sum = Tame(machine.Fma(sum, machine.Number(0.5), Safe(fn, machine.Binary(Bi.Add, x, y)))); break;
                case 2: sum = machine.Binary(
                    Bi.Add, sum, machine.If(x, y, () => Safe(fn, x), () => machine.Binary(Bi.Multiply, x, y))); break;
                case 3: sum = machine.Binary(Bi.Add, sum, machine.Unary(Fn.Square, machine.Binary(Bi.Subtract, x, Safe(fn, y)))); break;
                default: written[i] = machine.Binary(Bi.Add, Safe(fn, x), machine.Binary(Bi.Multiply, y, sum)); break;
            }
        }
        if (t.C % 5 == 4)
            Set(t, machine.Pack(written));
        else
            Set(t, Tame(machine.Binary(Bi.Multiply, sum, machine.Number(1.0 / length))));
    }

    private S Tame(S x) => machine.Unary(Fn.Asinh, x);

    private V Tame(V x) => machine.Unary(Fn.Asinh, x);

    private S Positive(S x) => machine.Binary(Bi.Add, machine.Unary(Fn.Square, x), machine.Number(0.6));

    private V Positive(V x) => machine.Binary(Bi.Add, machine.Unary(Fn.Square, x), machine.Number(0.6));

    private S Safe(Fn f, S x) => f switch
    {
        Fn.Log or Fn.Sqrt or Fn.Cbrt or Fn.LogP1 or Fn.Reciprocal => machine.Unary(f, Positive(x)),
        Fn.Acosh => machine.Unary(f, machine.Binary(Bi.Add, Positive(x), machine.Number(0.8))),
        Fn.Asin or Fn.Acos or Fn.Atanh => machine.Unary(f, machine.Binary(Bi.Multiply, machine.Unary(Fn.Sin, x), machine.Number(0.9))),
        Fn.Exp or Fn.ExpM1 or Fn.Exp2 or Fn.Sinh or Fn.Cosh or Fn.Tan =>
            machine.Unary(f, machine.Unary(Fn.Atan, x)) is var y && f == Fn.Tan ? machine.Unary(Fn.Tan, machine.Unary(Fn.Tanh, x)) : y,
        Fn.Square => Tame(machine.Unary(f, x)),
        _ => machine.Unary(f, x),
    };

    private V Safe(Fn f, V x) => f switch
    {
        Fn.Log or Fn.Sqrt or Fn.Cbrt or Fn.LogP1 or Fn.Reciprocal => machine.Unary(f, Positive(x)),
        Fn.Acosh => machine.Unary(f, machine.Binary(Bi.Add, Positive(x), machine.Number(0.8))),
        Fn.Asin or Fn.Acos or Fn.Atanh => machine.Unary(f, machine.Binary(Bi.Multiply, machine.Unary(Fn.Sin, x), machine.Number(0.9))),
        Fn.Tan => machine.Unary(Fn.Tan, machine.Unary(Fn.Tanh, x)),
        Fn.Exp or Fn.ExpM1 or Fn.Exp2 or Fn.Sinh or Fn.Cosh => machine.Unary(f, machine.Unary(Fn.Atan, x)),
        Fn.Square => Tame(machine.Unary(f, x)),
        _ => machine.Unary(f, x),
    };

    private S Safe(Bi f, S x, S y) => f switch
    {
        Bi.Multiply => Tame(machine.Binary(f, x, y)),
        Bi.Divide => machine.Binary(f, x, Positive(y)),
        Bi.Pow => machine.Binary(f, Positive(x), machine.Unary(Fn.Tanh, y)),
        Bi.Hypot => machine.Binary(f, x, Positive(y)),
        Bi.Atan2 => machine.Binary(f, x, Positive(y)),
        _ => machine.Binary(f, x, y),
    };

    private V Safe(Bi f, V x, V y) => f switch
    {
        Bi.Multiply => Tame(machine.Binary(f, x, y)),
        Bi.Divide => machine.Binary(f, x, Positive(y)),
        Bi.Pow => machine.Binary(f, Positive(x), machine.Unary(Fn.Tanh, y)),
        Bi.Hypot => machine.Binary(f, x, Positive(y)),
        Bi.Atan2 => machine.Binary(f, x, Positive(y)),
        _ => machine.Binary(f, x, y),
    };

    private V Safe(Bi f, V x, S y) => f switch
    {
        Bi.Multiply => Tame(machine.Binary(f, x, y)),
        Bi.Divide => machine.Binary(f, x, Positive(y)),
        Bi.Pow => machine.Binary(f, Positive(x), machine.Unary(Fn.Tanh, y)),
        Bi.Hypot => machine.Binary(f, x, Positive(y)),
        Bi.Atan2 => machine.Binary(f, x, Positive(y)),
        _ => machine.Binary(f, x, y),
    };

    private V Safe(Bi f, S x, V y) => f switch
    {
        Bi.Multiply => Tame(machine.Binary(f, x, y)),
        Bi.Divide => machine.Binary(f, x, Positive(y)),
        Bi.Pow => machine.Binary(f, Positive(x), machine.Unary(Fn.Tanh, y)),
        Bi.Hypot => machine.Binary(f, x, Positive(y)),
        Bi.Atan2 => machine.Binary(f, x, Positive(y)),
        _ => machine.Binary(f, x, y),
    };

    // A diagonally dominant n × n matrix made of an array's numbers.
    private V Dominant(V x, int n)
    {
        double[] diagonal = new double[n * n];
        for (int i = 0; i < n; i++)
            diagonal[i * n + i] = 3;
        return machine.Binary(
            Bi.Add, machine.Binary(Bi.Multiply, machine.Unary(Fn.Tanh, Fit(x, n * n)), machine.Number(0.4)), machine.Numbers(diagonal));
    }
}
