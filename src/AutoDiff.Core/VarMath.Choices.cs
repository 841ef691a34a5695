using AutoDiff.Engine;

namespace AutoDiff;

// Choices element by element. Both sides are computed; a derivative that is infinite on the side not taken does no harm.
public static partial class VarMath
{
    extension(Math)
    {
        /// <summary>xᵢ where the mask is true, otherwise yᵢ; derivatives follow the side taken only; one operation.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ and are not 1, or the mask is a matrix's.</exception>
        public static VarVector Where(Mask mask, VarVector whenTrue, VarVector whenFalse) => Chosen(mask, whenTrue.View, whenFalse.View);

        /// <summary>xᵢ where the mask is true, otherwise y; derivatives follow the side taken only; one operation.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ and are not 1, or the mask is a matrix's.</exception>
        public static VarVector Where(Mask mask, VarVector whenTrue, Var whenFalse) =>
            Chosen(mask, whenTrue.View, ArrayView.Scalar(whenFalse));

        /// <summary>x where the mask is true, otherwise yᵢ; derivatives follow the side taken only; one operation.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ and are not 1, or the mask is a matrix's.</exception>
        public static VarVector Where(Mask mask, Var whenTrue, VarVector whenFalse) =>
            Chosen(mask, ArrayView.Scalar(whenTrue), whenFalse.View);

        /// <summary>x where the mask is true, otherwise y, as many as the mask has elements; one operation.</summary>
        /// <exception cref="ShapeMismatchException">The mask is a matrix's.</exception>
        public static VarVector Where(Mask mask, Var whenTrue, Var whenFalse) =>
            Chosen(mask, ArrayView.Scalar(whenTrue), ArrayView.Scalar(whenFalse));

        /// <summary>
        /// xᵢⱼ where the mask is true, otherwise yᵢⱼ; derivatives follow the side taken only; rows, columns and scalars are repeated, and a
        /// mask of vectors counts as a row; one operation.
        /// </summary>
        /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
        public static VarMatrix Where(Mask mask, VarMatrix whenTrue, VarMatrix whenFalse) =>
            new(SelectOperation.Select(mask.Flags, whenTrue.View, whenFalse.View));
    }

    private static VarVector Chosen(Mask mask, ArrayView x, ArrayView y) => mask.Flags.Rows == 1
        ? new(SelectOperation.Select(mask.Flags, x, y))
        : throw new ShapeMismatchException(
            $"Where: a mask of {mask.Flags.Rows} × {mask.Flags.Columns} chooses among elements of matrices; convert a side to VarMatrix.");
}
