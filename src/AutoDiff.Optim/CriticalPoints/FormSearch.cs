using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>A search for the lowest value of a form on the unit sphere: from many directions, each followed down along great circles.
/// Numerical: what it does not find may exist.</summary>
/// <remarks>
/// Of a random rotation of |u|⁴ − 0.9Σuᵢ⁴ − 0.2u₀⁴ in 12 variables a descent finds the narrow negative direction from one start in nine;
/// from 14 starts a variable all miss it once in 10⁹. On a circle the form is a trigonometric polynomial, whose lowest value is taken, so
/// that a step may leave a basin (T. G. Kolda, J. R. Mayo, Shifted power method for computing tensor eigenpairs, 2011, go without line
/// searches).
/// </remarks>
internal sealed class FormSearch
{
    private const int StartsPerDimension = 14, MostSteps = 60, Angles = 24, Refinements = 3;

    // A direction is followed until the form falls by less than this part of its size at a step.
    private const double Settled = 1e-4, Converged = 1e-12;

    private static readonly double[] s_cosine = Table(Math.Cos), s_sine = Table(Math.Sin);

    private readonly SymmetricForm _form;
    private readonly int _m;
    private readonly double[] _gradient, _before, _row, _mixed, _work;
    private double[] _c, _direction;

    private FormSearch(SymmetricForm form)
    {
        (_form, _m) = (form, form.Dimension);
        _gradient = new double[_m];
        _before = new double[_m];
        _row = new double[_m];
        _mixed = new double[_m];
        _work = new double[_m];
        _c = new double[_m];
        _direction = new double[_m];
    }

    /// <summary>The direction in which the form was found lowest.</summary>
    /// <param name="form">The form.</param>
    /// <param name="random">Gives the directions to start from, beside the axes.</param>
    /// <param name="factor">Multiplies the number of starts, 14 a variable.</param>
    public static double[] Lowest(SymmetricForm form, ref RandomStream random, int factor = 1)
    {
        FormSearch search = new(form);
        double[] best = new double[form.Dimension];
        best[0] = 1;
        double lowest = form.At(best), size = form.LargestElement;
        if (size == 0)
            return best;
        for (int start = 0; start < form.Dimension * (1 + factor * StartsPerDimension); start++)
        {
            search._c.AsSpan().Clear();
            if (start < form.Dimension)
                search._c[start] = 1;
            else
                random.FillNormal(search._c);
            Vectors.Scale(1 / Vectors.Norm(search._c), search._c, search._c);
            double value = search.Descend(Settled * size);
            if (value < lowest)
                (lowest, best) = (value, [.. search._c]);
        }
        best.CopyTo(search._c, 0);
        search.Descend(Converged * size);
        return search._c;
    }

    // Conjugate gradients on the sphere (Polak and Ribière), each step to the lowest point of its great circle.
    private double Descend(double settled)
    {
        double value = double.PositiveInfinity;
        _direction.AsSpan().Clear();
        for (int step = 0; step < MostSteps; step++)
        {
            _form.Contract(_c, _c, _row);
            double here = Vectors.Dot(_row, _c);
            Vectors.Move(_row, -here, _c, _gradient);
            double square = Vectors.Dot(_gradient, _gradient);
            if (value - here <= settled && step > 0 || !(square > 0))
                return Math.Min(value, here);
            value = here;
            Turn(square);
            double length = Vectors.Norm(_direction);
            if (!(length > 0))
                return value;
            Vectors.Scale(1 / length, _direction, _work);
            Vectors.AddScaled(-Vectors.Dot(_work, _c), _c, _work);
            Vectors.Scale(1 / Vectors.Norm(_work), _work, _work);
            (double cosine, double sine) = LowestAngle();
            Vectors.Scale(cosine, _c, _c);
            Vectors.AddScaled(sine, _work, _c);
            Vectors.Scale(1 / Vectors.Norm(_c), _c, _c);
        }
        return value;
    }

    private void Turn(double square)
    {
        double old = Vectors.Dot(_before, _before), beta = 0;
        Vectors.AddScaled(-Vectors.Dot(_direction, _c), _c, _direction);
        if (old > 0 && Vectors.Norm(_direction) > 0)
            beta = Math.Max(0, (square - Vectors.Dot(_gradient, _before)) / old);
        Vectors.Scale(beta, _direction, _direction);
        Vectors.AddScaled(-1, _gradient, _direction);
        _gradient.CopyTo(_before, 0);
    }

    // Where on cos θ·c + sin θ·w the form is lowest: on a grid that none of its humps escapes, then by parabolas.
    private (double Cosine, double Sine) LowestAngle()
    {
        Span<double> k = stackalloc double[5];
        k[0] = Vectors.Dot(_row, _c);
        k[1] = _form.Degree * Vectors.Dot(_row, _work);
        _form.Contract(_work, _work, _mixed);
        k[_form.Degree] = Vectors.Dot(_mixed, _work);
        k[_form.Degree - 1] = _form.Degree * Vectors.Dot(_mixed, _c);
        if (_form.Degree == 4)
        {
            _form.Contract(_c, _work, _mixed);
            k[2] = 6 * Vectors.Dot(_mixed, _work);
        }
        int best = 0;
        double lowest = double.PositiveInfinity;
        for (int i = 0; i < Angles; i++)
        {
            double value = On(k, s_cosine[i], s_sine[i]);
            if (value < lowest)
                (lowest, best) = (value, i);
        }
        double angle = 2 * Math.PI * best / Angles, width = 2 * Math.PI / Angles;
        for (int i = 0; i < Refinements; i++, width /= 6)
        {
            double left = On(k, angle - width), right = On(k, angle + width), bend = left - 2 * lowest + right;
            double moved = bend > 0 ? angle + 0.5 * width * (left - right) / bend : angle;
            double there = On(k, moved);
            if (there < lowest)
                (angle, lowest) = (moved, there);
        }
        return (Math.Cos(angle), Math.Sin(angle));
    }

    private double On(ReadOnlySpan<double> k, double angle) => On(k, Math.Cos(angle), Math.Sin(angle));

    private double On(ReadOnlySpan<double> k, double c, double s) =>
        _form.Degree == 3 ? ((k[0] * c + k[1] * s) * c + k[2] * s * s) * c + k[3] * s * s * s
            : (((k[0] * c + k[1] * s) * c + k[2] * s * s) * c + k[3] * s * s * s) * c + k[4] * s * s * s * s;

    private static double[] Table(Func<double, double> function) =>
        [.. Enumerable.Range(0, Angles).Select(i => function(2 * Math.PI * i / Angles))];
}
