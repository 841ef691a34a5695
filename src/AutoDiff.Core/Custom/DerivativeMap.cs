using System.Buffers;
using System.Numerics.Tensors;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>
/// A derivative rule of an array function, recorded once as a map t ↦ G(x, y)·t over inputs (x, y, t). It is linear in t; so run forward it
/// is the rule, run backward its transpose (a JVP becomes a VJP and the reverse), and either run can be carried out over any number type,
/// hence be differentiated again.
/// </summary>
internal sealed unsafe class DerivativeMap : IDisposable
{
    private readonly int _x, _y, _t, _resultLength;

    // The first slot of the result; −1 if the rule gave a constant, which a linear map only does by being zero.
    private readonly int _result;

    private DerivativeMap(
        ArrayFunction function, string member,
        Func<VarVector, VarVector, VarVector, VarVector> rule, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> t,
        int resultLength)
    {
        (_x, _y, _t, _resultLength) = (x.Length, y.Length, t.Length, resultLength);
        double[] inputs = ArrayPool<double>.Shared.Rent(x.Length + y.Length + t.Length);
        x.CopyTo(inputs);
        y.CopyTo(inputs.AsSpan(_x));
        t.CopyTo(inputs.AsSpan(_x + _y));
        Recorder recorder = Recorder.Begin(inputs.AsSpan(0, _x + _y + _t));
        try
        {
            VarVector all = recorder.Inputs;
            VarVector result = rule(all.Slice(0, _x), all.Slice(_x, _y), all.Slice(_x + _y, _t));
            Check(function, member, result, resultLength);
            if (result.IsConstant && result.View.Expand().IndexOfAnyExcept(0.0) >= 0)
                throw new InvalidOperationException(
                    $"{function.Name}.{member} returned constants that are not zero; it must be linear in its last argument, and made of operations on its arguments.");
            if (recorder.Flush().EscapedValue is { } reason)
                throw new InvalidOperationException(
                    $"{function.Name}.{member}: {reason}, and what was made of it would be constant where this rule is itself differentiated or transposed. Make the rule of operations on its arguments; comparisons need no value.");
            _result = result.IsConstant ? -1 : result.View.Slot;
            Recording = recorder.Seal();
        }
        finally
        {
            recorder.End();
            ArrayPool<double>.Shared.Return(inputs);
        }
        CheckLinear(function, member, t);
    }

    // Along t itself, the derivative of a linear map is the map: G(t), and no constant or square of t beside it.
    private void CheckLinear(ArrayFunction function, string member, ReadOnlySpan<double> t)
    {
        if (_result < 0)
            return;
        const double tolerance = 1e-3, rounding = 1e-10;
        double[] rented = ArrayPool<double>.Shared.Rent(_x + _y + _resultLength);
        Span<double> zeros = rented.AsSpan(0, Math.Max(_x, _y)), along = rented.AsSpan(_x + _y, _resultLength);
        zeros.Clear();
        Tangent(zeros[.._x], zeros[.._y], t, along);
        ReadOnlySpan<double> values = new(Recording.Values, Recording.SlotCount), result = values.Slice(_result, _resultLength);
        double slack = rounding * Math.Abs(TensorPrimitives.MaxMagnitude(values));
        for (int i = 0; i < _resultLength; i++)
        {
            double difference = Math.Abs(along[i] - result[i]);
            if (difference > tolerance * Math.Abs(result[i]) + slack)
                throw new InvalidOperationException(
                    $"{function.Name}.{member} is not linear in its last argument: result {i} is {result[i]:R}, and its derivative along that argument {along[i]:R} where they should be equal.");
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    public Recording Recording { get; }

    /// <summary>ẋ ↦ ẏ, recorded at <paramref name="xDot"/>.</summary>
    public static DerivativeMap OfJvp(
        ArrayFunction function, IArrayJvp rule, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> xDot) =>
        new(function, nameof(IArrayJvp.Jvp), rule.Jvp, x, y, xDot, y.Length);

    /// <summary>ȳ ↦ x̄, recorded at <paramref name="yBar"/>.</summary>
    public static DerivativeMap OfVjp(
        ArrayFunction function, IArrayVjp rule, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar) =>
        new(function, nameof(IArrayVjp.Vjp), rule.Vjp, x, y, yBar, x.Length);

    /// <summary>Checks what a rule returned.</summary>
    public static void Check(ArrayFunction function, string member, VarVector result, int length)
    {
        result.Live($"{function.Name}.{member}");
        if (result.Length != length)
            throw new ShapeMismatchException($"{function.Name}.{member} returned {result.Length} elements where {length} belong.");
    }

    /// <summary>Gᵀ·seed in plain numbers, by an adjoint sweep.</summary>
    public void Transpose(ReadOnlySpan<double> seed, Span<double> result)
    {
        if (_result < 0)
        {
            result.Clear();
            return;
        }
        Workspace w = Workspace.Rent(Recording);
        try
        {
            Adjoints.Run(w, _result, seed);
            new ReadOnlySpan<double>(w.Bars + _x + _y, _t).CopyTo(result);
        }
        finally
        {
            w.Return();
        }
    }

    /// <summary>d(G·t) for the tangents of x, y and t, by a tangent sweep.</summary>
    public void Tangent(ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> tDot, Span<double> resultDot)
    {
        if (_result < 0)
        {
            resultDot.Clear();
            return;
        }
        Workspace w = Workspace.Rent(Recording);
        double[] inputs = ArrayPool<double>.Shared.Rent(_x + _y + _t);
        try
        {
            xDot.CopyTo(inputs);
            yDot.CopyTo(inputs.AsSpan(_x));
            tDot.CopyTo(inputs.AsSpan(_x + _y));
            Tangents.Run(w, inputs.AsSpan(0, _x + _y + _t), _result, _resultLength);
            new ReadOnlySpan<double>(w.Dots + _result, _resultLength).CopyTo(resultDot);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(inputs);
            w.Return();
        }
    }

    /// <summary>d(Gᵀ·seed) for the tangents of x, y and the seed: the R operator on the adjoint sweep of G.</summary>
    public void TransposeTangent(
        ReadOnlySpan<double> seed, ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> seedDot, Span<double> resultDot)
    {
        if (_result < 0)
        {
            resultDot.Clear();
            return;
        }
        Workspace w = Workspace.Rent(Recording);
        try
        {
            Adjoints.Run(w, _result, seed);
            w.ReserveDots(1);
            w.ReserveBarDots(1);
            Run<Plain>(w, xDot, yDot, seedDot);
            Span<double> found = new(w.BarDots + _x + _y, _t);
            if (!Finite.AreAll(w.BarDots + _x + _y, _t))
            {
                if (!w.BarsAreMarked)
                    Adjoints.Mark(w, _result, seed);
                Run<Absolute>(w, xDot, yDot, seedDot);
                Zeros.Forget(found);
            }
            found.CopyTo(resultDot);
        }
        finally
        {
            w.Return();
        }
    }

    private void Run<D>(Workspace w, ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> seedDot)
        where D : unmanaged, ITangent<D>
    {
        Span<double> dots = new(w.Dots, _x + _y + _t);
        SecondOrder.Seed<D>(xDot, dots);
        SecondOrder.Seed<D>(yDot, dots[_x..]);
        Zeros.Clear<D>(w.Dots, _x + _y, _t);
        Zeros.Clear<D>(w.BarDots, 0, Recording.SlotCount);
        SecondOrder.Seed<D>(seedDot, new Span<double>(w.BarDots + _result, _resultLength));
        SecondOrder.Sweep<D>(w);
    }

    /// <summary>G(x, y)·t over <typeparamref name="T"/>.</summary>
    public void Apply<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> t, Span<T> result) where T : struct, IScalar<T>
    {
        if (_result < 0)
        {
            result.Fill(T.Constant(0));
            return;
        }
        Interpreter<T> machine = Loaded(x, y, t);
        machine.Values.AsSpan(_result, _resultLength).CopyTo(result);
    }

    /// <summary>G(x, y)ᵀ·seed over <typeparamref name="T"/>.</summary>
    public void Transpose<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> seed, Span<T> result) where T : struct, IScalar<T>
    {
        if (_result < 0)
        {
            result.Fill(T.Constant(0));
            return;
        }
        T[] t = new T[_t];
        t.AsSpan().Fill(T.Constant(1));
        Interpreter<T> machine = Loaded<T>(x, y, t);
        seed.CopyTo(machine.Adjoints.AsSpan(_result, _resultLength));
        machine.Reverse();
        machine.Adjoints.AsSpan(_x + _y, _t).CopyTo(result);
    }

    private Interpreter<T> Loaded<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> t) where T : struct, IScalar<T>
    {
        Interpreter<T> machine = new(Recording);
        x.CopyTo(machine.Values.AsSpan(0, _x));
        y.CopyTo(machine.Values.AsSpan(_x, _y));
        t.CopyTo(machine.Values.AsSpan(_x + _y, _t));
        machine.Forward();
        return machine;
    }

    public void Dispose() => RecordingPool.Return(Recording);
}
