namespace AutoDiff.Problems;

/// <summary>
/// The rotation of a vector X by a rotation vector ω of length θ: Y = cos θ X + A ω×X + B(ωᵀX)ω with A = sin θ/θ, B = (1 − cos θ)/θ².
/// </summary>
/// <remarks>
/// ∂Y/∂ωⱼ = ωⱼ(−A X + A′ ω×X + B′(ωᵀX)ω) + A eⱼ×X + B(Xⱼω + (ωᵀX)eⱼ) with A′ = (cos θ − A)/θ², B′ = (A − 2B)/θ²;
/// ∂Y/∂Xⱼ = cos θ eⱼ + A ω×eⱼ + Bωⱼω.
/// </remarks>
internal readonly ref struct Rodrigues
{
    /// <summary>Below this θ², B, A′ and B′ come from their series (they would cancel); the remainder is under 1e-14 of each.</summary>
    private const double SmallAngleSquared = 1e-2;

    private readonly double _w0, _w1, _w2, _x0, _x1, _x2, _c0, _c1, _c2, _inner, _theta2, _cos, _a, _b;

    public Rodrigues(ReadOnlySpan<double> rotation, double x0, double x1, double x2)
    {
        (_w0, _w1, _w2) = (rotation[0], rotation[1], rotation[2]);
        (_x0, _x1, _x2) = (x0, x1, x2);
        (_c0, _c1, _c2) = (_w1 * x2 - _w2 * x1, _w2 * x0 - _w0 * x2, _w0 * x1 - _w1 * x0);
        _inner = _w0 * x0 + _w1 * x1 + _w2 * x2;
        _theta2 = _w0 * _w0 + _w1 * _w1 + _w2 * _w2;
        double theta = Math.Sqrt(_theta2);
        (double sin, _cos) = Math.SinCos(theta);
        _a = theta == 0 ? 1 : sin / theta;
        _b = IsSmall ? Series(1.0 / 2, -1.0 / 24, 1.0 / 720, -1.0 / 40320) : (1 - _cos) / _theta2;
        double along = _b * _inner;
        Y0 = _cos * x0 + _a * _c0 + along * _w0;
        Y1 = _cos * x1 + _a * _c1 + along * _w1;
        Y2 = _cos * x2 + _a * _c2 + along * _w2;
    }

    public double Y0 { get; }

    public double Y1 { get; }

    public double Y2 { get; }

    private bool IsSmall => _theta2 < SmallAngleSquared;

    /// <summary>Writes ∂Y/∂ωⱼ.</summary>
    public void RotationColumn(int j, Span<double> column)
    {
        double aSlope = IsSmall ? Series(-1.0 / 3, 1.0 / 30, -1.0 / 840, 1.0 / 45360) : (_cos - _a) / _theta2;
        double bSlope = IsSmall ? Series(-1.0 / 12, 1.0 / 180, -1.0 / 6720, 1.0 / 453600) : (_a - 2 * _b) / _theta2;
        (double wj, double xj) = j switch { 0 => (_w0, _x0), 1 => (_w1, _x1), _ => (_w2, _x2) };
        double ofX = -wj * _a, ofCross = wj * aSlope, ofW = wj * bSlope * _inner + _b * xj;
        column[0] = ofX * _x0 + ofCross * _c0 + ofW * _w0;
        column[1] = ofX * _x1 + ofCross * _c1 + ofW * _w1;
        column[2] = ofX * _x2 + ofCross * _c2 + ofW * _w2;
        AddUnitCross(j, _a, _x0, _x1, _x2, column);
        column[j] += _b * _inner;
    }

    /// <summary>Writes ∂Y/∂Xⱼ, column j of the rotation matrix; ω×eⱼ = −eⱼ×ω.</summary>
    public void MatrixColumn(int j, Span<double> column)
    {
        double along = _b * (j switch { 0 => _w0, 1 => _w1, _ => _w2 });
        column[0] = along * _w0;
        column[1] = along * _w1;
        column[2] = along * _w2;
        AddUnitCross(j, -_a, _w0, _w1, _w2, column);
        column[j] += _cos;
    }

    /// <summary>y += s eⱼ×z.</summary>
    private static void AddUnitCross(int j, double s, double z0, double z1, double z2, Span<double> y)
    {
        switch (j)
        {
            case 0:
                y[1] -= s * z2;
                y[2] += s * z1;
                break;
            case 1:
                y[0] += s * z2;
                y[2] -= s * z0;
                break;
            default:
                y[0] -= s * z1;
                y[1] += s * z0;
                break;
        }
    }

    /// <summary>c₀ + c₁θ² + c₂θ⁴ + c₃θ⁶.</summary>
    private double Series(double c0, double c1, double c2, double c3) => c0 + _theta2 * (c1 + _theta2 * (c2 + _theta2 * c3));
}
