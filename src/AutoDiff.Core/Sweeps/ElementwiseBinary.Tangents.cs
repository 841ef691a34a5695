using System.Runtime.CompilerServices;
using AutoDiff.Rules;

namespace AutoDiff.Engine;

/// <content>The sweeps element by element, for the tangents that are not plain.</content>
internal sealed unsafe partial class ElementwiseBinary<TRule>
{
    private static void Tangent<D>(Workspace w, int a, int length, int z) where D : unmanaged, ITangent<D>
    {
        Layout layout = new(w.Extra + a);
        D* dots = (D*)w.Dots;
        for (int i = 0; i < length; i++)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            D dot = D.None;
            if (!TRule.IsFlat)
            {
                Element element = At(w, layout, row, column, z + i);
                if (layout.X.IsActive)
                    dot += element.FirstX<D>(w) * dots[element.P];
                if (layout.Y.IsActive)
                    dot += element.FirstY<D>(w) * dots[element.Q];
                if (TRule.IsBent && w.IsBent(z + i))
                    dot = D.Norm(layout.X.IsActive ? dots[element.P] : D.None, layout.Y.IsActive ? dots[element.Q] : D.None);
            }
            dots[z + i] = dot;
        }
    }

    private static void Adjoint<D>(Workspace w, int a, int length, int z) where D : unmanaged, ITangent<D>
    {
        if (TRule.IsFlat)
            return;
        Layout layout = new(w.Extra + a);
        D* bars = (D*)w.Bars;
        for (int i = 0; i < length; i++)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            Element element = At(w, layout, row, column, z + i);
            if (layout.X.IsActive)
                bars[element.P] += element.FirstX<D>(w) * bars[z + i];
            if (layout.Y.IsActive)
                bars[element.Q] += element.FirstY<D>(w) * bars[z + i];
        }
    }

    private static void AdjointTangent<D>(Workspace w, int a, int length, int z) where D : unmanaged, ITangent<D>
    {
        if (TRule.IsFlat)
            return;
        Layout layout = new(w.Extra + a);
        D* dots = (D*)w.Dots, barDots = (D*)w.BarDots;
        for (int i = 0; i < length; i++)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            Element element = At(w, layout, row, column, z + i);
            (Real x, Real y, Real value) = (element.X, element.Y, element.Z);
            double bar = w.Bars[z + i];
            (int p, int q) = (element.P, element.Q);
            if (TRule.IsBent && w.IsBent(z + i))
            {
                if (layout.X.IsActive)
                    barDots[p] += D.Along(barDots[z + i], dots[p], dots[z + i]);
                if (layout.Y.IsActive)
                    barDots[q] += D.Along(barDots[z + i], dots[q], dots[z + i]);
                continue;
            }
            if (layout.X.IsActive)
            {
                D change = element.FirstX<D>(w) * barDots[z + i];
                if (!TRule.IsLinearInX)
                    change += D.Product(D.Live(TRule.SecondXX(x, y, value).Value), bar) * dots[p];
                barDots[p] += change;
            }
            if (layout.Y.IsActive)
            {
                D change = element.FirstY<D>(w) * barDots[z + i];
                if (!TRule.IsBilinear)
                    change += D.Product(D.Live(TRule.SecondYY(x, y, value).Value), bar) * dots[q];
                barDots[q] += change;
            }
            if (layout.X.IsActive && layout.Y.IsActive && !TRule.IsPiecewiseLinear)
            {
                double mixed = D.Product(D.Live(TRule.SecondXY(x, y, value).Value), bar);
                barDots[p] += mixed * dots[q];
                barDots[q] += mixed * dots[p];
            }
        }
    }

    /// <summary>One element: its operands, their slots if derivatives flow through them, and the result's.</summary>
    private readonly struct Element(Real x, Real y, Real z, int p, int q, int result, bool xActive, bool yActive)
    {
        public readonly Real X = x, Y = y, Z = z;
        public readonly int P = p, Q = q;

        public double FirstX<D>(Workspace w) where D : unmanaged, ITangent<D>
        {
            double first = TRule.FirstX(X, Y, Z).Value;
            return TRule.IsSelection ? D.Share(first) : TRule.IsMarked ? first : TRule.IsProduct ? yActive ? D.Factor(first, w, Q)
                : D.Constant(first) : TRule.LevelsOff ? D.Slope(first, w, P, result) : D.Live(first);
        }

        public double FirstY<D>(Workspace w) where D : unmanaged, ITangent<D>
        {
            double first = TRule.FirstY(X, Y, Z).Value;
            return TRule.IsSelection || TRule.IsFlatInY || TRule.IsShare ? D.Share(first) : TRule.IsProduct ? xActive
                ? D.Factor(first, w, P) : D.Constant(first) : TRule.LevelsOff ? D.Slope(first, w, Q, result) : D.Live(first);
        }
    }

    private static Element At(Workspace w, in Layout layout, int row, int column, int z) => new(
        new(Unsafe.Add(ref layout.X.First(w), layout.X.Index(row, column))),
            new(Unsafe.Add(ref layout.Y.First(w), layout.Y.Index(row, column))), new(w.Values[z]),
        layout.X.Slot + layout.X.Index(row, column), layout.Y.Slot + layout.Y.Index(row, column), z, layout.X.IsActive, layout.Y.IsActive);
}
