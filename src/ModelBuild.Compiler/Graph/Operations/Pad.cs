namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>What lies outside a padded array.</summary>
public enum PadMode
{
    /// <summary>A constant.</summary>
    Constant,

    /// <summary>The elements mirrored at the edge, which is not repeated.</summary>
    Reflect,

    /// <summary>The elements mirrored behind the edge, which is repeated.</summary>
    Symmetric,
}

/// <summary>Padding: x, paddings [rank,2] (integers before and after), optional value -> x enlarged.</summary>
/// <param name="Mode">What lies outside.</param>
public sealed record Pad(PadMode Mode) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        Inference.RequireSameType(inputs.Where((_, i) => i != 1), "the array and what it is padded with");
        if (!x.HasRank) return [(inputs[0].Type, x)];
        int[] output = new int[x.Rank];
        if (Inference.Integers(inputs[1]) is not { } paddings)
        {
            Array.Fill(output, Shape.Unknown);
            return [(inputs[0].Type, Shape.Of(output))];
        }
        Inference.Require(paddings.Length == x.Rank * 2, $"{paddings.Length} paddings do not fit {x.Rank} dimensions.");
        for (int axis = 0; axis < x.Rank; axis++)
        {
            (int before, int after) = (paddings[axis * 2], paddings[axis * 2 + 1]);
            Inference.Require(before >= 0 && after >= 0, "a padding is negative.");
            if (Mode != PadMode.Constant && x[axis] != Shape.Unknown)
            {
                int most = Mode == PadMode.Reflect ? Math.Max(x[axis] - 1, 0) : x[axis];
                Inference.Require(before <= most && after <= most, $"a mirrored padding of {Math.Max(before, after)} is more than dimension {axis} of {x} allows.");
            }
            output[axis] = x[axis] == Shape.Unknown ? Shape.Unknown : checked(x[axis] + before + after);
        }
        return [(inputs[0].Type, Shape.Of(output))];
    }
}
