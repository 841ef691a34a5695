using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>
/// Decides where the Hessian is singular and of one sign on the rest: by the cubic form C and the quartic form Q of
/// <see cref="NullSpaceJet"/>. With H negative on the rest, everything is said of −f.
/// </summary>
/// <remarks>
/// A point is only near the degenerate point: over a distance δ the quartic makes a cubic Qδ of its own. C counts as zero up to 4|Q|δ,
/// where δ is the larger of the step that was left and (6‖g‖/|Q|)^⅓; and more than that counts only where f itself bears it out
/// (<see cref="CurveProbe"/>).
/// </remarks>
internal sealed class HigherOrder(
    FreeSpace space, double[] z, double value, double[] gradient, double uncertainty, NullSpace kernel, ProductBudget products)
{
    private readonly CurveProbe _probe = new(space, z, value, gradient, kernel.Error);

    public HigherOrderVerdict Decide(ref RandomStream random)
    {
        NullForms forms = NullForms.Of(space, kernel, products, ref random);
        string size = kernel.Dimension == 1 ? "the null direction" : $"{kernel.Dimension} null directions";
        string how = forms.How;
        double cubic = Math.Abs(forms.Steepest.Cubic), quartic = forms.Size;
        double allowed = CubicAllowed(forms);
        if (cubic > allowed)
            return ByCubic(forms.Steepest,
                $"Along {size} the third derivative reaches {cubic:G4}, more than the {allowed:G2} that counts as zero{how}");
        int sign = kernel.RangeSign;
        double low = forms.Lowest.Quartic, high = forms.Highest.Quartic, error = forms.QuarticError;
        string range = $"Along {size} the third derivative is zero ({cubic:G2} ≤ {allowed:G2}) and the fourth, with the bend of the valley, runs from {low:G6} to {high:G6} (± {error:G2}){how}";
        // Without a search, what rises in the directions looked at may fall in others.
        if (forms.IsCursory && (low > error && sign >= 0 || high < -error && sign <= 0))
            return new HigherOrderVerdict(CriticalPointKind.Undecided, CriticalPointProof.None, range);
        if (low > error && sign >= 0)
            return Definite(forms, forms.Lowest, CriticalPointKind.Minimum, range + ": f rises in all of them");
        if (high < -error && sign <= 0)
            return Definite(forms, forms.Highest, CriticalPointKind.Maximum, range + ": f falls in all of them");
        if (low < -error && (sign > 0 || sign == 0 && high > error))
            return ByQuartic(forms.Lowest, sign == 0 ? forms.Highest : null, range);
        if (high > error && sign < 0)
            return ByQuartic(forms.Highest, null, range);
        NullSpaceJet flattest = Math.Abs(low) < Math.Abs(high) ? forms.Lowest : forms.Highest;
        return new HigherOrderVerdict(
            CriticalPointKind.Undecided, CriticalPointProof.None, range + ": they do not decide") { Flattest = flattest };
    }

    private double CubicAllowed(NullForms forms)
    {
        double q = forms.Size;
        double rounding = ReductionRatio.UnitRoundOff * Vectors.Norm(z);
        double delta = q * Math.Max(uncertainty, rounding),
            byGradient = Math.Cbrt(q) * Math.Cbrt(q) * Math.Cbrt(6 * Vectors.Norm(gradient));
        return 4 * Math.Max(delta, byGradient) + forms.CubicError;
    }

    // A cubic changes sign with the direction: with curvature of one sign or none beside it, one confirmed side makes the saddle.
    private HigherOrderVerdict ByCubic(NullSpaceJet jet, string found)
    {
        int up = Math.Sign(jet.Cubic), side = kernel.RangeSign < 0 ? up : -up;
        double t = _probe.Confirm(jet, 3, side);
        double other = kernel.RangeSign == 0 && t != 0 ? _probe.Confirm(jet, 3, -side) : 1;
        if (t == 0 || other == 0)
            return new HigherOrderVerdict(
                CriticalPointKind.Undecided, CriticalPointProof.None, $"{found}, but f itself does not bear it out beyond rounding");
        return new HigherOrderVerdict(CriticalPointKind.Saddle, CriticalPointProof.Proven, $"{found}, and at a distance of {Math.Abs(t):G3} f is {(side == up ? "higher" : "lower")} as it says")
        {
            Descent = jet, DescentLength = -up * Math.Abs(t),
        };
    }

    private HigherOrderVerdict ByQuartic(NullSpaceJet jet, NullSpaceJet? opposite, string found)
    {
        double t = Either(jet), other = opposite is null ? 1 : Either(opposite);
        if (t == 0 || other == 0)
            return new HigherOrderVerdict(
                CriticalPointKind.Undecided, CriticalPointProof.None, $"{found}, but f itself does not bear it out beyond rounding");
        return new HigherOrderVerdict(CriticalPointKind.Saddle, CriticalPointProof.Proven, $"{found}, and at a distance of {Math.Abs(t):G3} f is {(jet.Quartic > 0 ? "higher" : "lower")} as it says")
        {
            Descent = jet.Quartic < 0 ? jet : null, DescentLength = t,
        };
    }

    // Where f contradicts Q, or rounding hides what Q says, nothing is claimed: a tail such as e⁻ˣ has a positive Q too.
    private HigherOrderVerdict Definite(NullForms forms, NullSpaceJet weakest, CriticalPointKind kind, string found)
    {
        double t = _probe.Confirm(weakest, 4, 1);
        if (t == 0 || _probe.Confirm(weakest, 4, -1) == 0)
            return new HigherOrderVerdict(
                CriticalPointKind.Undecided, CriticalPointProof.None, $"{found}, but f itself does not bear it out beyond rounding");
        return new HigherOrderVerdict(
            kind, forms.IsExhaustive ? CriticalPointProof.Proven : CriticalPointProof.Numerical, found + ", as f does")
        {
            Descent = kind == CriticalPointKind.Maximum ? weakest : null, DescentLength = kind == CriticalPointKind.Maximum ? t : 0,
        };
    }

    private double Either(NullSpaceJet jet) => _probe.Confirm(jet, 4, 1) is var t and not 0 ? t : _probe.Confirm(jet, 4, -1);
}
