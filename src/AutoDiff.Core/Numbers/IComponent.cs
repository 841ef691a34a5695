namespace AutoDiff.Engine;

/// <summary>
/// What a number type offers to be the component of a dual number: its functions, by pointers. They are looked up once for each type (see
/// <see cref="Component{T}"/>), so that generic code which cannot name the type's members calls them without a box.
/// </summary>
internal unsafe interface IComponent<T> where T : struct
{
    delegate*<T, T, T> AbsoluteProduct { get; }

    delegate*<PartialKind, T, T, T> ChainProduct { get; }

    /// <summary>Whether a number depends on a variable of its level or of one around it.</summary>
    delegate*<T, bool> IsVariable { get; }

    delegate*<T, T, T, T> FusedMultiplyAdd { get; }

    delegate*<T, T> Unary<TRule>() where TRule : struct, IUnaryRule<TRule>;

    delegate*<T, T, T> Binary<TRule>() where TRule : struct, IBinaryRule<TRule>;
}

/// <summary>The functions of a component type.</summary>
internal static unsafe class Component<T> where T : struct
{
    public static readonly delegate*<T, T, T> AbsoluteProduct = Type.AbsoluteProduct;

    public static readonly delegate*<PartialKind, T, T, T> ChainProduct = Type.ChainProduct;

    public static readonly delegate*<T, bool> IsVariable = Type.IsVariable;

    public static readonly delegate*<T, T, T, T> FusedMultiplyAdd = Type.FusedMultiplyAdd;

    public static IComponent<T> Type => (IComponent<T>)(object)default(T);
}

/// <summary>A rule of one variable in a component type.</summary>
internal static unsafe class ComponentRule<T, TRule> where T : struct where TRule : struct, IUnaryRule<TRule>
{
    public static readonly delegate*<T, T> Apply = Component<T>.Type.Unary<TRule>();
}

/// <summary>A rule of two variables in a component type.</summary>
internal static unsafe class ComponentBinaryRule<T, TRule> where T : struct where TRule : struct, IBinaryRule<TRule>
{
    public static readonly delegate*<T, T, T> Apply = Component<T>.Type.Binary<TRule>();
}
