namespace AutoDiff.Tests.Tables;

/// <summary>f(x, y, z) of one primitive and its partial derivatives up to order two.</summary>
public sealed record TernaryRow(
    string Primitive, double X, double Y, double Z, double Value, double Fx, double Fy, double Fz,
    double Fxx, double Fxy, double Fxz, double Fyy, double Fyz, double Fzz);
