namespace AutoDiff.Engine;

/// <summary>The kernels that all groups of a pattern share, each made when it is first needed. Safe to use from many threads once all
/// groups are known.</summary>
internal sealed class PatternKernels
{
    private readonly Lazy<Kernel> _value, _gradient, _tangent, _product;
    private readonly Lazy<Kernel?> _tangents, _products;
    private KernelUse _use;

    /// <summary>The kernels of a group's pattern.</summary>
    public PatternKernels(GroupPlan plan)
    {
        _value = new(() => Formulas.Value(plan, _use));
        _gradient = new(() => Formulas.Gradient(plan, _use));
        _tangent = new(() => Formulas.Tangent(plan, _use));
        _product = new(() => Formulas.Product(plan, _use));
        _tangents = new(() => Tangent.For(Schedule.MostDirections));
        _products = new(() => Product.For(Schedule.MostDirections));
    }

    public Kernel Value => _value.Value;

    public Kernel Gradient => _gradient.Value;

    public Kernel Tangent => _tangent.Value;

    public Kernel Product => _product.Value;

    /// <summary><see cref="Tangent"/> for <see cref="Schedule.MostDirections"/> directions, or null if it must be run for each.</summary>
    public Kernel? Tangents => _tangents.Value;

    /// <summary><see cref="Product"/> likewise.</summary>
    public Kernel? Products => _products.Value;

    /// <summary>Takes note of a group with so many instances.</summary>
    public void Add(int count) => _use = new(_use.Instances + count, Math.Max(_use.LargestGroup, count));
}
