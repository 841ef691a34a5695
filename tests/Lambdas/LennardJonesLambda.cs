namespace AutoDiff.Lambdas;

/// <summary>The Lennard-Jones energy in reduced units as a lambda (see <see cref="Problems.LennardJones"/>).</summary>
public static class LennardJonesLambda
{
    /// <summary>A loop over pairs of scalars.</summary>
    public static Objective Scalar() => Objective.Of(x =>
    {
        Var energy = 0;
        for (int i = 0; i < x.Length; i += 3)
        {
            for (int j = 0; j < i; j += 3)
            {
                Var dx = x[i] - x[j], dy = x[i + 1] - x[j + 1], dz = x[i + 2] - x[j + 2];
                Var inverse = 1 / (dx * dx + dy * dy + dz * dz);
                Var sixth = inverse * inverse * inverse;
                energy += 4 * (sixth * sixth - sixth);
            }
        }
        return energy;
    });
}
