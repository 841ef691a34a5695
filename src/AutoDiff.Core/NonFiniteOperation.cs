using System.Globalization;
using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>The first recorded operation that gave a result that is not finite, and what it was given.</summary>
/// <param name="Operation">The operation's name.</param>
/// <param name="Place">Its place among the recorded operations, from 0 on.</param>
/// <param name="Element">Which of its results it is; 0 for a scalar operation.</param>
/// <param name="Result">The result: NaN, +∞ or −∞.</param>
/// <param name="Operands">The operands of a scalar operation; empty for an array operation.</param>
public sealed record NonFiniteOperation(string Operation, int Place, int Element, double Result, IReadOnlyList<double> Operands)
{
    /// <summary>A sentence, in the invariant culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Operation {Place}, {Operation}{(Operands.Count == 0 ? $" (element {Element})" : $"({string.Join(", ", Operands.Select(x => x.ToString("R", CultureInfo.InvariantCulture)))})")}, gave {Result}.");

    /// <summary>Walks a recording to the first result that is not finite; an input that is not is named as such.</summary>
    internal static unsafe NonFiniteOperation? Find(Recording recording)
    {
        for (int i = 0; i < recording.InputCount; i++)
        {
            if (!double.IsFinite(recording.Values[i]))
                return new NonFiniteOperation("Input", -1, i, recording.Values[i], []);
        }
        int slot = recording.InputCount;
        for (int place = 0; place < recording.InstructionCount; place++)
        {
            ushort code = recording.Codes[place];
            int length = code < OpCode.ArrayFlag ? 1 : recording.Operands[place].B;
            for (int i = 0; i < length; i++)
            {
                if (double.IsFinite(recording.Values[slot + i]))
                    continue;
                Operation operation = Engine.Operation.Get(code);
                return new NonFiniteOperation(
                    operation.Name, place, i, recording.Values[slot + i],
                    operation.ScalarOperands(recording, recording.Operands[place].A, recording.Operands[place].B));
            }
            slot += length;
        }
        return null;
    }
}
