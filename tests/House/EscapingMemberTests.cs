using System.Globalization;
using System.Numerics;
using System.Reflection;
using AutoDiff.Engine;

namespace AutoDiff.Tests.House;

/// <summary>Every public member of the numbers that lambdas compute with, found by reflection: what it returns is recorded, or a comparison
/// is taken note of, or the recording is marked; or it is listed here, with the reason why it tells nothing about a value.</summary>
public class EscapingMemberTests
{
    private static readonly Type[] s_types =
        [typeof(Var), typeof(VarVector), typeof(VarMatrix), typeof(Mask), typeof(DataVector), typeof(DataLabel), typeof(Dual<Var>)];

    // What is known without a value: shapes, kinds, constants of the type, and the text that logs may have.
    private static readonly HashSet<string> s_silent =
    [
        "IsConstant", "Length", "Rows", "Columns", "ToLogText", "Radix", "IsCanonical", "IsComplexNumber", "IsImaginaryNumber", "GetType",
        "TryConvertFromChecked", "TryConvertFromSaturating", "TryConvertFromTruncating", // Into constants.
        "Parse", "TryParse", "Constant", // Likewise.
        "GetEnumerator", // Elements, which are recorded.
        "Evaluate", "Primal", // Internal to the rules' algebra; the former records, the latter marks.
    ];

    // Handles compare by what they refer to, not by numbers.
    private static readonly HashSet<(Type, string)> s_handles =
    [
        (typeof(VarVector), "Equals"), (typeof(VarVector), "GetHashCode"), (typeof(VarMatrix), "Equals"),
            (typeof(VarMatrix), "GetHashCode"),
        (typeof(Mask), "Equals"), (typeof(Mask), "GetHashCode"), (typeof(DataVector), "Equals"), (typeof(DataVector), "GetHashCode"),
        (typeof(DataLabel), "ToString"), // Its type's name.
        (typeof(DataLabel), "Equals"), // With an object of another kind, below.
    ];

    public static TheoryData<string> Members
    {
        get
        {
            TheoryData<string> data = [];
            foreach (Type type in s_types)
            {
                foreach (MethodInfo method in Methods(type))
                    data.Add(NameOf(type, method));
            }
            return data;
        }
    }

    private static string NameOf(Type type, MethodInfo method) => $"{(type.IsGenericType ? "Dual<Var>" : type.Name)}: {method}";

    // Public ones, and those of .NET's interfaces, explicit or not, with their defaults.
    private static IEnumerable<MethodInfo> Methods(Type type)
    {
        IEnumerable<MethodInfo> own = type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static);
        IEnumerable<MethodInfo> implemented =
            type.GetInterfaces().Where(i => i.IsPublic || i.IsNestedPublic).SelectMany(i => type.GetInterfaceMap(i).TargetMethods);
        return own.Concat(implemented).Distinct().Where(
            m => !IsRecorded(m.ReturnType) || m.GetParameters().Any(p => p.IsOut && !IsRecorded(p.ParameterType.GetElementType()!)));
    }

    private static bool IsRecorded(Type type) =>
        s_types.Contains(type) || type == typeof(void) || type == typeof(Var[]) || type == typeof(VarVector.Enumerator) || type.IsPointer
            || type.IsFunctionPointer
        || type.IsGenericType && type.Name.StartsWith("ValueTuple", StringComparison.Ordinal) && type.GetGenericArguments().All(IsRecorded);

    [Theory, MemberData(nameof(Members))]
    public void What_it_tells_is_taken_note_of(string name)
    {
        foreach (Type type in s_types)
        {
            foreach (MethodInfo method in Methods(type).Where(m => NameOf(type, m) == name))
            {
                string plain = method.Name[(method.Name.LastIndexOf('.') + 1)..].Replace("get_", "", StringComparison.Ordinal);
                if (!s_silent.Contains(plain) && !s_handles.Contains((type, plain)))
                    TakesNote(type, method, plain).ShouldBeTrue(name);
            }
        }
    }

    private static bool TakesNote(Type type, MethodInfo method, string plain)
    {
        // Zero, whose sign no comparison shows, and other numbers.
        foreach (double number in new[] { 2, -0.0, double.NaN, -7.5 })
        {
            Recorder recorder = Recorder.Begin([number, 1.25, 2, 3]);
            try
            {
                recorder.KeepGuards();
                VarVector x = recorder.Inputs;
                if (plain == "TryFormat")
                    Format(type, x, method);
                else
                    Invoke(type, x, method);
                if (recorder.Flush() is { Guards.Count: 0, NotReplayable: null })
                    return false;
            }
            finally
            {
                recorder.End();
            }
        }
        return true;
    }

    private static object Sample(Type type, VarVector x) =>
        type == typeof(Var) ? x[0]
        : type == typeof(VarVector) ? x
        : type == typeof(VarMatrix) ? x.Reshape(2, 2)
        : type == typeof(Mask) ? x > 1
        : type == typeof(DataVector) ? new DataVector(x)
        : type == typeof(DataLabel) ? new DataVector(x).Label(2)
        : (object)new Dual<Var>(x[0]);

    private static void Invoke(Type type, VarVector x, MethodInfo method)
    {
        if (method.IsGenericMethodDefinition)
            method = method.MakeGenericMethod(typeof(int));
        object?[] arguments = [.. method.GetParameters().Select(object? (p) =>
            p.IsOut ? null
            : s_types.Contains(p.ParameterType) ? Sample(p.ParameterType, p.Position == 0 ? x : x[..])
            : p.ParameterType == typeof(object) ? Sample(type, x)
            : p.ParameterType == typeof(double) ? 1.0
            : p.ParameterType == typeof(string) ? null
            : p.ParameterType == typeof(IFormatProvider) ? CultureInfo.InvariantCulture
            : throw new NotSupportedException(
                $"The test cannot make a {p.ParameterType} for {method}: teach it to, or list the member with its reason."))];
        try
        {
            method.Invoke(method.IsStatic ? null : Sample(type, x), arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is ArithmeticException)
        {
            // NaN is no integer and has no sign; what was asked was taken note of before.
        }
    }

    // Spans cannot be passed by reflection.
    private static void Format(Type type, VarVector x, MethodInfo method)
    {
        Span<char> text = stackalloc char[200];
        Span<byte> bytes = stackalloc byte[200];
        bool isText = method.GetParameters()[0].ParameterType == typeof(Span<char>);
        bool written = Sample(type, x) switch
        {
            Var v =>
                isText ? ((ISpanFormattable)v).TryFormat(text, out _, default, null)
                : ((IUtf8SpanFormattable)v).TryFormat(bytes, out _, default, null),
            Dual<Var> d =>
                isText ? ((ISpanFormattable)d).TryFormat(text, out _, default, null)
                : ((IUtf8SpanFormattable)d).TryFormat(bytes, out _, default, null),
            _ => throw new NotSupportedException($"{type} formats: teach the test to."),
        };
        written.ShouldBeTrue();
    }

    [Fact]
    public void Labels_compare_by_value_and_take_note_of_it()
    {
        Recorder recorder = Recorder.Begin([2.0, 2.0]);
        try
        {
            recorder.KeepGuards();
            DataVector row = new(recorder.Inputs);
            row.Label(0).Equals(row.Label(1)).ShouldBeTrue();
            recorder.Flush().Guards!.ShouldContain(g => g.Comparison == Comparison.Same);
            recorder.Flush().NotReplayable.ShouldBeNull();
        }
        finally
        {
            recorder.End();
        }
    }

    [Fact]
    public void Comparisons_are_no_marks()
    {
        Recorder recorder = Recorder.Begin([2.0, double.NaN, -3.0]);
        try
        {
            recorder.KeepGuards();
            VarVector x = recorder.Inputs;
            foreach (Var a in x)
            {
                foreach (Var b in x)
                {
                    a.CompareTo(b).ShouldBe(a.Primal.CompareTo(b.Primal));
                    a.Equals(b).ShouldBe(a.Primal.Equals(b.Primal));
                    ((object)a).Equals(b).ShouldBe(a.Primal.Equals(b.Primal));
                }
            }
            recorder.Flush().NotReplayable.ShouldBeNull();
            recorder.Flush().Guards!.Count.ShouldBeGreaterThan(20);
        }
        finally
        {
            recorder.End();
        }
    }

#pragma warning disable xUnit1025 // 0 and −0 are equal and yet not the same.
    [Theory, InlineData(0.0), InlineData(-0.0), InlineData(1.0), InlineData(-2.0), InlineData(3.0), InlineData(0.5), InlineData(-7.5),
        InlineData(5e-324), InlineData(-1e-310)]
    [InlineData(2.2250738585072014e-308), InlineData(1e300), InlineData(double.MaxValue), InlineData(double.PositiveInfinity),
        InlineData(double.NegativeInfinity), InlineData(double.NaN)]
#pragma warning restore xUnit1025
    public void Questions_are_answered_as_double_answers_them(double number)
    {
        bool[] expected = Questions(number);
        Objective.Of(x =>
        {
            Questions(x[0]).ShouldBe(expected);
            return x[0];
        }).Value([number]);
    }

    private static bool[] Questions<T>(T x) where T : INumber<T> =>
    [
        T.IsNaN(x), T.IsZero(x), T.IsEvenInteger(x), T.IsOddInteger(x), T.IsInteger(x), T.IsFinite(x), T.IsInfinity(x), T.IsNegative(x),
            T.IsPositive(x),
        T.IsNegativeInfinity(x), T.IsPositiveInfinity(x), T.IsNormal(x), T.IsSubnormal(x), T.IsRealNumber(x),
    ];
}
