using System.Collections.Immutable;

namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// Computes one of several graphs: selector (bool or int32), values -> the outputs of the graph that the selector chooses. Every
/// graph has an input for each of the values.
/// </summary>
/// <param name="Branches">By number: for a truth, false and true; a number that has no graph takes the last.</param>
public sealed record Case(ImmutableArray<ModelGraph> Branches) : Operation
{
    /// <inheritdoc/>
    public override bool IsPure => Branches.All(branch => branch.Nodes.All(node => node.Operation.IsPure));

    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type == DataType.Int32 || (inputs[0].Type == DataType.Bool && Branches.Length == 2),
            $"{inputs[0]} does not choose between {Branches.Length} branches.");
        (DataType Type, Shape Shape)[] outputs = [.. Branches[0].Outputs.Select(output => (output.Type, output.Shape))];
        foreach (ModelGraph branch in Branches)
        {
            Inference.Require(branch.Outputs.Length == outputs.Length, "the branches of a condition give different numbers of results.");
            for (int i = 0; i < outputs.Length; i++)
            {
                Value output = branch.Outputs[i];
                Inference.Require(output.Type == outputs[i].Type, $"the branches of a condition give {outputs[i].Type} and {output.Type}.");
                outputs[i].Shape = Inference.Common(outputs[i].Shape, output.Shape);
            }
        }
        return outputs;
    }

    /// <summary>The branch that a selector chooses.</summary>
    /// <param name="selector">A truth or number; of several elements, whether there are any (TensorFlow's If).</param>
    /// <param name="count">Number of branches.</param>
    public static int Choose(Tensor selector, int count)
    {
        if (selector.Shape.Rank > 0) return Math.Min(selector.Count, 1);
        return selector.Data switch
        {
            bool[] truth => truth[0] ? 1 : 0,
            int[] number => number[0] >= 0 && number[0] < count ? number[0] : count - 1,
            long[] number => number[0] != 0 ? 1 : 0,
            float[] number => number[0] != 0 ? 1 : 0,
            double[] number => number[0] != 0 ? 1 : 0,
            byte[][] text => text[0].Length > 0 ? 1 : 0,
            _ => throw Inference.Error($"{selector.Type} chooses no branch."),
        };
    }
}
