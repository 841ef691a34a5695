using AutoDiff.Engine;

namespace AutoDiff;

// x · y + z of arrays, any one or two of the three being scalars.
public static partial class VarMath
{
    extension(Math)
    {
        /// <summary>xᵢ · yᵢ + zᵢ, rounded once; one operation.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ and are not 1.</exception>
        public static VarVector FusedMultiplyAdd(VarVector x, VarVector y, VarVector z) => VarVector.FusedMultiplyAdd(x, y, z);

        /// <summary>xᵢ · yᵢ + z, rounded once; one operation.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ and are not 1.</exception>
        public static VarVector FusedMultiplyAdd(VarVector x, VarVector y, Var z) =>
            new(ElementwiseFusedMultiplyAdd.Of(x.View, y.View, ArrayView.Scalar(z)));

        /// <summary>xᵢ · y + zᵢ, rounded once; one operation.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ and are not 1.</exception>
        public static VarVector FusedMultiplyAdd(VarVector x, Var y, VarVector z) =>
            new(ElementwiseFusedMultiplyAdd.Of(x.View, ArrayView.Scalar(y), z.View));

        /// <summary>x · yᵢ + zᵢ, rounded once; one operation.</summary>
        /// <exception cref="ShapeMismatchException">The lengths differ and are not 1.</exception>
        public static VarVector FusedMultiplyAdd(Var x, VarVector y, VarVector z) =>
            new(ElementwiseFusedMultiplyAdd.Of(ArrayView.Scalar(x), y.View, z.View));

        /// <summary>xᵢ · y + z, rounded once; one operation.</summary>
        public static VarVector FusedMultiplyAdd(VarVector x, Var y, Var z) =>
            new(ElementwiseFusedMultiplyAdd.Of(x.View, ArrayView.Scalar(y), ArrayView.Scalar(z)));

        /// <summary>x · yᵢ + z, rounded once; one operation.</summary>
        public static VarVector FusedMultiplyAdd(Var x, VarVector y, Var z) =>
            new(ElementwiseFusedMultiplyAdd.Of(ArrayView.Scalar(x), y.View, ArrayView.Scalar(z)));

        /// <summary>x · y + zᵢ, rounded once; one operation.</summary>
        public static VarVector FusedMultiplyAdd(Var x, Var y, VarVector z) =>
            new(ElementwiseFusedMultiplyAdd.Of(ArrayView.Scalar(x), ArrayView.Scalar(y), z.View));

        /// <summary>xᵢⱼ · yᵢⱼ + zᵢⱼ, rounded once; rows, columns and scalars are repeated; one operation.</summary>
        /// <exception cref="ShapeMismatchException">The shapes differ, other than by 1.</exception>
        public static VarMatrix FusedMultiplyAdd(VarMatrix x, VarMatrix y, VarMatrix z) => VarMatrix.FusedMultiplyAdd(x, y, z);
    }
}
