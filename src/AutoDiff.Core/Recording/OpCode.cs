namespace AutoDiff.Engine;

/// <summary>
/// The scalar operations that the sweeps' loops carry inline. All others have codes from <see cref="FirstInTable"/> on, in the order in
/// which they are first used, and run through the table of <see cref="Operation"/>s.
/// </summary>
internal static class OpCode
{
    public const ushort Add = 0;
    public const ushort Subtract = 1;
    public const ushort Multiply = 2;
    public const ushort Divide = 3;
    public const ushort Negate = 4;
    public const ushort Square = 5;
    public const ushort AddConstant = 6;
    public const ushort ConstantMinus = 7;
    public const ushort MultiplyConstant = 8;
    public const ushort DivideConstant = 9;
    public const ushort ConstantDivide = 10;

    public const ushort LastInline = ConstantDivide;

    public const ushort FirstInTable = 16;

    /// <summary>Set in the codes of array operations, whose operand B is the number of slots they write.</summary>
    public const ushort ArrayFlag = 0x8000;
}
