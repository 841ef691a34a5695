using System.Globalization;
using System.Text;

namespace AutoDiff.Engine;

/// <summary>A pattern as a person reads it.</summary>
internal static class Listing
{
    public static string Of(GroupPlan group)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture,
            $"level {group.Level}: {group.Count} × ({group.Nodes.Length} operations) in {group.Segments.Length - 1} segment(s), roots ");
        text.Append(group.IsSummed ? "added up in " : "stored in ").Append(Places(group, group.Root));
        if (group.IsFused)
            text.Append(CultureInfo.InvariantCulture, $", adjoint {group.KnownAdjoint:R}");
        text.AppendLine();
        for (int k = 0; k < group.Streams.Length; k++)
            text.Append(CultureInfo.InvariantCulture, $"  s{k} = {Places(group, group.Streams[k])}").AppendLine();
        for (int i = 0; i < group.Nodes.Length; i++)
        {
            PatternNode node = group.Nodes[i];
            text.Append(CultureInfo.InvariantCulture, $"  t{i} = {node.Operation.Name}({Operand(node.X)}");
            if (node.Y.Kind != PatternOperand.Of.Nothing)
                text.Append(CultureInfo.InvariantCulture, $", {Operand(node.Y)}");
            text.AppendLine(")");
        }
        return text.ToString();
    }

    private static string Operand(PatternOperand operand) => operand.Kind switch
    {
        PatternOperand.Of.Node => string.Create(CultureInfo.InvariantCulture, $"t{operand.Index}"),
        PatternOperand.Of.Stream => string.Create(CultureInfo.InvariantCulture, $"s{operand.Index}"),
        _ => operand.Value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Places(GroupPlan group, Stream stream)
    {
        string block = stream.IsConstant ? "constants" : stream.IsActive ? "" : "data";
        int first = stream.Positions[0];
        if (stream.Access.Length == 1)
        {
            return stream.Access[0] switch
            {
                Access.Broadcast => string.Create(CultureInfo.InvariantCulture, $"{block}[{first}]"),
                Access.Contiguous => string.Create(CultureInfo.InvariantCulture, $"{block}[{first} … {first + group.Count - 1}]"),
                _ => string.Create(CultureInfo.InvariantCulture, $"{block}[{first}, {stream.Positions[1]}, …] gathered"),
            };
        }
        int broadcast = stream.Access.Count(a => a == Access.Broadcast), gathered = stream.Access.Count(a => a == Access.Gathered);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{block}[{first}, …] in {broadcast} broadcast, {stream.Access.Length - broadcast - gathered} contiguous and {gathered} gathered segments");
    }
}
