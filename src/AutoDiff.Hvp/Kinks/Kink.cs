using System.Globalization;
using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>A place where an operation of the lambda is not smooth, as seen from a point x.</summary>
/// <param name="Kind">What happens there.</param>
/// <param name="Operation">The operation: a function's name, or a comparison (<c>&gt;</c>).</param>
/// <param name="Operands">The operation's operands at x.</param>
/// <param name="Argument">z(x), the quantity whose zero is the kink: x itself for abs, a − b for max(a, b) and for a comparison.</param>
/// <param name="Distance">|z|/‖∇z‖, how far x is from it to first order: 0 where z vanishes, ∞ where z does not depend on x.</param>
/// <param name="Instruction">The operation's place: how many operations were recorded before it.</param>
/// <param name="Element">The element, for an operation on arrays; otherwise 0.</param>
/// <param name="Row">The row of data; −1 where there is none.</param>
public sealed record Kink(
    KinkKind Kind, string Operation, IReadOnlyList<double> Operands, double Argument, double Distance, int Instruction, int Element,
        int Row)
{
    internal static Kink Of(TracedKink kink) =>
        new(kink.Kind, kink.Operation, kink.Operands, kink.Argument, kink.Distance, kink.Instruction, kink.Element, kink.Row);

    /// <summary>The kink in a line, in the invariant culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Place}, {Distance:G3} away");

    internal string Place => Describe();

    private string Describe()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string[] operands = [.. Operands.Select(x => x.ToString("G6", culture))];
        string place = (Element > 0 ? $", element {Element}" : "") + (Row >= 0 ? $", row {Row}" : "");
        string what = char.IsLetter(Operation[0]) ? $"{Operation}({string.Join(", ", operands)})" : string.Join($" {Operation} ", operands);
        return string.Create(culture, $"{what} at operation {Instruction}{place}");
    }
}
