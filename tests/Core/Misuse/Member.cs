using System.Reflection;

namespace AutoDiff.Tests.Misuse;

/// <summary>A public member of the library that takes handles: an operator, a method, a property, a mathematical function. Found by
/// reflection.</summary>
internal sealed class Member
{
    private static readonly Type[] s_handles =
        [typeof(Var), typeof(VarVector), typeof(VarMatrix), typeof(Mask), typeof(DataVector), typeof(DataLabel), typeof(object)];

    // What they tell is no number of the recording's.
    private static readonly string[] s_inert = ["get_Length", "get_Rows", "get_Columns", "get_IsConstant", "ToString", "ToLogText"];

    private readonly MethodInfo _method;
    private readonly Type[] _parameters;
    private readonly int _integer;

    private Member(MethodInfo method, int integer)
    {
        _method = method;
        _integer = integer;
        _parameters = [.. method.IsStatic ? [] : new[] { method.DeclaringType! }, .. method.GetParameters().Select(p => p.ParameterType)];
    }

    /// <summary>The members that work with the samples.</summary>
    public static IReadOnlyList<Member> All { get; } = Find();

    /// <summary>The places where a handle goes.</summary>
    public IEnumerable<int> HandlePlaces => Enumerable.Range(0, _parameters.Length).Where(i => s_handles.Contains(_parameters[i]));

    /// <summary>Calls the member with handles of <paramref name="good"/>, but of <paramref name="bad"/> at one place.</summary>
    public object? Call(Kit good, Kit bad, int place)
    {
        object?[] arguments = [.. _parameters.Select((t, i) => (i == place ? bad : good).Handle(t) ?? Sample(t, _integer))];
        try
        {
            return _method.IsStatic ? _method.Invoke(null, arguments) : _method.Invoke(arguments[0], arguments[1..]);
        }
        catch (TargetInvocationException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    public override string ToString() => $"{_method.DeclaringType!.Name}.{_method.Name}{(_method.IsGenericMethod ? $"<{_method.GetGenericArguments()[0].Name}>" : "")}({string.Join(", ", _parameters.Select(p => p.Name))})";

    private static object? Sample(Type type, int integer) =>
        type == typeof(double) ? 0.5
        : type == typeof(int) ? integer
        : type == typeof(Index) ? new Index(1)
        : type == typeof(Range) ? (object)(0..2)
        : null;

    private static List<Member> Find()
    {
        Type[] types = typeof(Var).Assembly.GetExportedTypes();
        IEnumerable<Type> homes = s_handles[..^1].Concat(types.Where(t => t.IsAbstract && t.IsSealed));
        List<Member> found = [];
        Kit.Live(kit =>
        {
            foreach (MethodInfo method in homes.SelectMany(
                t =>
                t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)).SelectMany(
                Closed))
            {
                if (!s_inert.Contains(method.Name)
                    && new[] { 1, 2, 0, 4 }.Select(n => new Member(method, n)).FirstOrDefault(m => m.Works(kit)) is { } member)
                    found.Add(member);
            }
        });
        return found;
    }

    private bool Works(Kit kit)
    {
        if (!HandlePlaces.Any() || _parameters.Any(p => kit.Handle(p) is null && Sample(p, _integer) is null))
            return false;
        try
        {
            Call(kit, kit, -1);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            return false;
        }
    }

    // Generic members over rules, once for each rule.
    private static IEnumerable<MethodInfo> Closed(MethodInfo method)
    {
        if (!method.IsGenericMethodDefinition)
            return method.ContainsGenericParameters ? [] : [method];
        if (method.GetGenericArguments() is not [var parameter])
            return [];
        Type[] wanted = [.. parameter.GetGenericParameterConstraints().Where(c => c.IsInterface && c.IsGenericType).Select(
            c => c.GetGenericTypeDefinition())];
        return typeof(Var).Assembly.GetTypes()
            .Where(t => t is { IsValueType: true, IsGenericTypeDefinition: false } && wanted.Length > 0
                && wanted.All(w => t.GetInterfaces().Any(
                    i => i.IsGenericType && i.GetGenericTypeDefinition() == w && i.GetGenericArguments()[0] == t)))
            .Where(t => t.Namespace == "AutoDiff.Rules")
            .Select(t => method.MakeGenericMethod(t));
    }
}
