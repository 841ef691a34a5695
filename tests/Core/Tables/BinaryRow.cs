namespace AutoDiff.Tests.Tables;

/// <summary>f(x, y) of one primitive and its partial derivatives up to order two; x is the first argument, the ordinate of atan2.</summary>
public sealed record BinaryRow(
    string Primitive, double X, double Y, double Value, double Fx, double Fy, double Fxx, double Fxy, double Fyy);
