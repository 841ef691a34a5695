using System.Reflection;

namespace AutoDiff.Tests.Core.Arrays;

/// <summary>The public members of the array types that compute something: each must have a case.</summary>
internal static class ArrayMembers
{
    // These make or describe arrays, or hand their numbers out; they compute nothing.
    private static readonly string[] s_notComputing =
    [
        "VarVector.get_Length()", "VarVector.get_IsConstant()", "VarVector.ToValues()", "VarVector.Constant(Double)",
            "VarVector.op_Implicit(Double[])",
        "VarMatrix.get_Rows()", "VarMatrix.get_Columns()", "VarMatrix.get_IsConstant()", "VarMatrix.ToValues()", "Mask.get_Length()",
        "VarVector.ToString()", "VarMatrix.ToString()", "Mask.ToString()", "VarVector.GetEnumerator()",
        "VarVector.ToLogText()", "VarMatrix.ToLogText()", "Mask.ToLogText()",
    ];

    public static IEnumerable<string> All =>
        new[] { typeof(VarVector), typeof(VarMatrix), typeof(Mask) }
            .SelectMany(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(Write)
            .Except(s_notComputing);

    private static string Write(MethodInfo method) =>
        $"{method.DeclaringType!.Name}.{method.Name}({string.Join(",", method.GetParameters().Select(p => p.ParameterType.Name.Replace("ReadOnlySpan`1", p.ParameterType.GenericTypeArguments.FirstOrDefault()?.Name + "s")))})";
}
