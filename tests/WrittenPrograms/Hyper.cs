namespace AutoDiff.Tests.WrittenPrograms;

/// <summary>A comparison fell within its rounding error, so that no branch is the right one here.</summary>
public sealed class AmbiguousException() : Exception("A comparison fell within its rounding error.");

/// <summary>
/// a + Σ a_S ε_S over the nonempty sets S of generators ε₁ … ε_G with εₖ² = 0: nested dual numbers, G levels deep, written out. The
/// coefficient of ε₁ε₂ is a mixed second derivative, that of ε₁ε₂ε₃ a third one.
/// </summary>
/// <remarks>
/// Beside each coefficient stand the sum of the absolute values of the terms that it is made of, whatever order a mode adds them in, and a
/// bound on the rounding error that any such order may commit. For the value itself the former is |a|.
/// </remarks>
public sealed class Hyper
{
    private const double U = 1.1102230246251565E-16;

    // The unit rounding errors of an elementary function, of any implementation.
    private const double OfFunctions = 8 * U;

    private readonly double[] _value, _size, _error;

    // The generators that occur.
    private int _support;

    private Hyper(int generators)
    {
        Generators = generators;
        _value = new double[1 << generators];
        _size = new double[1 << generators];
        _error = new double[1 << generators];
    }

    /// <summary>G.</summary>
    public int Generators { get; }

    /// <summary>a.</summary>
    public double Primal => _value[0];

    /// <summary>The coefficient of the set whose bits are given.</summary>
    public double this[int set] => _value[set];

    /// <summary>Σ of the absolute values of its terms.</summary>
    public double Size(int set) => _size[set];

    /// <summary>The bound on its rounding error.</summary>
    public double Error(int set) => _error[set];

    /// <summary>A number without ε.</summary>
    public static Hyper Constant(int generators, double value)
    {
        Hyper y = new(generators);
        (y._value[0], y._size[0]) = (value, Math.Abs(value));
        return y;
    }

    /// <summary>value + Σ dₖεₖ.</summary>
    public static Hyper Variable(int generators, double value, params ReadOnlySpan<double> directions)
    {
        Hyper y = Constant(generators, value);
        for (int k = 0; k < directions.Length; k++)
        {
            (y._value[1 << k], y._size[1 << k]) = (directions[k], Math.Abs(directions[k]));
            y._support |= directions[k] == 0 ? 0 : 1 << k;
        }
        return y;
    }

    /// <summary>x + εₖ.</summary>
    public Hyper Plus(int generator)
    {
        Hyper y = Linear(1, this, 0, this);
        y._value[1 << generator] += 1;
        y._size[1 << generator] += 1;
        y._support |= 1 << generator;
        return y;
    }

    /// <summary>The factor of εₖ, which has no εₖ.</summary>
    public Hyper Part(int generator)
    {
        int bit = 1 << generator;
        Hyper y = new(Generators) { _support = _support & ~bit };
        for (int set = 0; set < _value.Length; set++)
        {
            if ((set & bit) == 0)
                (y._value[set], y._size[set], y._error[set]) = (_value[set | bit], _size[set | bit], _error[set | bit]);
        }
        return y;
    }

    /// <summary>The same number to which nothing is added by differentiation.</summary>
    public Hyper Stopped()
    {
        Hyper y = Constant(Generators, Primal);
        y._error[0] = _error[0];
        return y;
    }

    public static Hyper operator +(Hyper x, Hyper y) => Linear(1, x, 1, y);

    public static Hyper operator -(Hyper x, Hyper y) => Linear(1, x, -1, y);

    public static Hyper operator -(Hyper x) => Linear(-1, x, 0, x);

    public static Hyper operator *(double c, Hyper x) => Constant(x.Generators, c) * x;

    public static Hyper operator +(double c, Hyper x) => Constant(x.Generators, c) + x;

    public static Hyper operator *(Hyper x, Hyper y)
    {
        int support = x._support | y._support;
        Hyper z = new(x.Generators) { _support = support };
        double[] xv = x._value, yv = y._value, xs = x._size, ys = y._size, xe = x._error, ye = y._error;
        for (int set = support; ; set = (set - 1) & support)
        {
            double value = 0, size = 0, error = 0;
            int terms = 0;
            for (int left = set & x._support; ; left = (left - 1) & set & x._support)
            {
                int right = set ^ left;
                if ((right & ~y._support) == 0 && (xs[left] != 0 || xe[left] != 0))
                {
                    value += xv[left] * yv[right];
                    size += xs[left] * ys[right];
                    error += xs[left] * ye[right] + xe[left] * (ys[right] + ye[right]);
                    terms++;
                }
                if (left == 0)
                    break;
            }
            (z._value[set], z._size[set], z._error[set]) = (value, set == 0 ? Math.Abs(value) : size, error + (1 + terms) * U * size);
            if (set == 0)
                break;
        }
        return z;
    }

    public static Hyper operator /(Hyper x, Hyper y) => x * Function(Elementary.Reciprocal, y);

    /// <summary>Σ xᵢ, in any order.</summary>
    public static Hyper Sum(IReadOnlyList<Hyper> terms, int generators)
    {
        Hyper y = new(generators);
        foreach (Hyper x in terms)
            y._support |= x._support;
        for (int set = 0; set < y._value.Length; set++)
        {
            if ((set & ~y._support) != 0)
                continue;
            double value = 0, size = 0, error = 0;
            foreach (Hyper x in terms)
            {
                value += x._value[set];
                size += x._size[set];
                error += x._error[set];
            }
            // Errors of long sums grow like the root of their length; the bound keeps a margin above that.
            error += (2 + 2 * Math.Sqrt(terms.Count)) * U * size;
            (y._value[set], y._size[set], y._error[set]) = (value, set == 0 ? Math.Abs(value) : size, error);
        }
        return y;
    }

    /// <summary>φ(x), from φ and its derivatives at x's value: Faà di Bruno's formula over sets.</summary>
    public static Hyper Function(Func<double, Derivatives> function, Hyper x)
    {
        Derivatives at = function(x.Primal);
        Hyper y = new(x.Generators) { _support = x._support };
        Span<double> slope = stackalloc double[6], sizes = stackalloc double[6], errors = stackalloc double[6];
        for (int k = 0; k <= 5; k++)
        {
            slope[k] = at[k];
            sizes[k] = at.Size(k);
            // Beyond the fifth derivative it is taken to grow on as it did.
            double next = k < 5 ? at.Size(k + 1) : 10 * at.Size(k);
            errors[k] = OfFunctions * at.Size(k) + 2 * next * x._error[0];
        }
        (y._value[0], y._size[0], y._error[0]) = (slope[0], Math.Abs(slope[0]), errors[0]);
        for (int set = x._support; set != 0; set = (set - 1) & x._support)
        {
            double value = 0, size = 0, error = 0;
            Partition(set, 1, 1, 0, 0, ref value, ref size, ref error, slope, sizes, errors, x);
            (y._value[set], y._size[set], y._error[set]) = (value, size, error + 4 * U * size);
        }
        return y;
    }

    // All ways to split a set into blocks: φ⁽ᵏ⁾ times the product of the blocks' coefficients, k the number of blocks.
    private static void Partition(
        int rest, double product, double productSize, double productError, int blocks, ref double value, ref double size, ref double error,
            ReadOnlySpan<double> slope, ReadOnlySpan<double> sizes, ReadOnlySpan<double> errors, Hyper x)
    {
        if (rest == 0)
        {
            value += slope[blocks] * product;
            size += sizes[blocks] * productSize;
            error += sizes[blocks] * productError + errors[blocks] * productSize + 2 * U * sizes[blocks] * productSize;
            return;
        }
        int lowest = rest & -rest, others = rest ^ lowest;
        for (int with = others; ; with = (with - 1) & others)
        {
            int block = with | lowest;
            if (x._size[block] != 0)
            {
                Partition(rest ^ block, product * x._value[block], productSize * x._size[block],
                    productError * x._size[block] + productSize * x._error[block] + U * productSize * x._size[block], blocks + 1, ref value,
                        ref size, ref error, slope, sizes, errors, x);
            }
            if (with == 0)
                break;
        }
    }

    private static Hyper Linear(double a, Hyper x, double b, Hyper y)
    {
        Hyper z = new(x.Generators) { _support = x._support | y._support };
        for (int set = 0; set < z._value.Length; set++)
        {
            double value = a * x._value[set] + b * y._value[set], size = Math.Abs(a) * x._size[set] + Math.Abs(b) * y._size[set];
            z._value[set] = value;
            z._size[set] = set == 0 ? Math.Abs(value) : size;
            z._error[set] = Math.Abs(a) * x._error[set] + Math.Abs(b) * y._error[set]
                + (b == 0 ? 0 : U * (set == 0 ? Math.Abs(value) : size));
        }
        return z;
    }

    /// <summary>Whether x &lt; y, if rounding leaves no doubt.</summary>
    public static bool Less(Hyper x, Hyper y)
    {
        double difference = y.Primal - x.Primal;
        if (!(Math.Abs(difference) > 1e-9 + 100 * (x._error[0] + y._error[0])))
            throw new AmbiguousException();
        return difference > 0;
    }
}
