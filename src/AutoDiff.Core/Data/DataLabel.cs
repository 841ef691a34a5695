using System.Globalization;
using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>A class label read from data: a whole number that selects an element or a row. The selection is recorded as a gather by the
/// label's slot.</summary>
/// <remarks>Immutable; lives as long as the data that it comes from.</remarks>
public readonly struct DataLabel
{
    private const double MostLabels = int.MaxValue + 1.0;

    private readonly Var _number;

    internal DataLabel(Var number, int place)
    {
        if (!number.IsConstant)
            number.Checked(nameof(DataVector.Label));
        // A comparison, so that other data in the label's place are asked again, also where the lambda catches what is thrown.
        if (!Var.Compare(Comparison.IsLabel, number, MostLabels))
            throw new FormatException(
                string.Create(
                    CultureInfo.InvariantCulture, $"Label({place}): the element is {number.Primal:R}; a class label is a whole number from 0 on."));
        _number = number;
    }

    /// <summary>The 1 × <paramref name="width"/> block of <paramref name="flat"/> that the label selects.</summary>
    internal VarVector Select(VarVector flat, int width, string operation)
    {
        Recorder? recorder = flat.Live(operation);
        if (!_number.IsConstant)
            recorder = _number.Checked(operation);
        int count = width == 0 ? 0 : flat.Length / width, label = (int)_number.Primal;
        if (!Var.Compare(Comparison.IsLabel, _number, count))
            throw new ArgumentOutOfRangeException("label", $"{operation}: label {label} is outside 0 … {count - 1}.");
        return recorder is null || _number.IsConstant ? flat.Slice(label * width, width)
            : LabelOperation.Record(recorder, flat, _number.Slot, width);
    }
}
