namespace AutoDiff.Engine;

/// <summary>
/// Makes a formula for many directions from that for one. Steps that no tangent reaches stand once; the others follow, direction by
/// direction, so that no more of them are under way at a time than for one. Each direction's steps are those of the one formula, sums fused
/// with the same products: the bits of a product do not depend on how many are asked for at once.
/// </summary>
internal static class ManyDirections
{
    public static (KernelStep[] Steps, KernelInput[] Inputs, KernelOutput[] Outputs) Of(
        KernelStep[] steps, KernelInput[] inputs, KernelOutput[] outputs, int count)
    {
        KernelInput?[] inputOf = new KernelInput?[steps.Length];
        foreach (KernelInput input in inputs)
            inputOf[input.Step] = input;
        bool[] isDirected = new bool[steps.Length];
        for (int i = 0; i < steps.Length; i++)
            isDirected[i] = inputOf[i] is { IsDirected: true } || steps[i].Operation is not null
                && (isDirected[steps[i].A] || steps[i].B >= 0 && isDirected[steps[i].B]);
        List<KernelStep> allSteps = [];
        List<KernelInput> allInputs = [];
        List<KernelOutput> allOutputs = [];
        int[] place = new int[steps.Length];
        Copy(false, 0);
        for (int direction = 0; direction < count; direction++)
        {
            Copy(true, direction);
            foreach (KernelOutput output in outputs)
                allOutputs.Add(output with { Step = place[output.Step], Direction = direction });
        }
        return ([.. allSteps], [.. allInputs], [.. allOutputs]);

        void Copy(bool directed, int direction)
        {
            for (int i = 0; i < steps.Length; i++)
            {
                if (isDirected[i] != directed)
                    continue;
                place[i] = allSteps.Count;
                KernelStep step = steps[i];
                if (inputOf[i] is { } input)
                {
                    allSteps.Add(step with { A = allInputs.Count });
                    allInputs.Add(input with { Step = place[i], Direction = direction });
                }
                else if (step.Operation is null)
                {
                    allSteps.Add(step);
                }
                else
                {
                    allSteps.Add(step with { A = place[step.A], B = step.B < 0 ? -1 : place[step.B], Product = step.Product < 0 ? -1
                        : place[step.Product] });
                }
            }
        }
    }
}
