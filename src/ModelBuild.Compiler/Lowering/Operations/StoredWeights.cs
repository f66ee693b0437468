using ModelBuild.Compiler.Coding;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Weights in the blob, in the form that their precision asks for.</summary>
internal static class StoredWeights
{
    /// <summary>The levels that a kernel reads.</summary>
    /// <param name="context">The plan.</param>
    /// <param name="node">The layer.</param>
    /// <param name="weights">As they were quantised.</param>
    /// <param name="levels">The same, perhaps of fewer taps.</param>
    /// <param name="shape">Dimensions of <paramref name="levels"/>, output channels first.</param>
    public static PlanTensor Levels(LoweringContext context, Node node, QuantizedWeights weights, sbyte[] levels, int[] shape)
    {
        return weights.Levels is LevelSet.Grouped groups && levels.Length == weights.Values.Length
            ? context.Blob.Add("sbyte", shape, LevelsEncoder.EncodeGrouped(levels, shape, groups.Size), WeightBlob.Grouped)
            : context.Blob.Add(levels, shape);
    }

    /// <summary>The floats that a kernel reads, in TensorFlow's order.</summary>
    public static PlanTensor Floats(LoweringContext context, Node node, Tensor constant)
    {
        int[] shape = constant.Shape.ToArray();
        if (context.Weights(node) is { } weights)
        {
            int group = weights.Levels is LevelSet.Grouped groups ? groups.Size : 0;
            return context.Blob.Add("float", shape, LevelsEncoder.EncodeScaled(weights.Values, weights.Shape, weights.Scales, group), WeightBlob.Scaled);
        }
        return context.Precision.Weights.Kind == WeightKind.Float16 && LevelsEncoder.EncodeHalves(constant.Elements<float>()) is { } halves
            ? context.Blob.Add("float", shape, halves, WeightBlob.Halves) : context.Blob.Add(node.Inputs[1].Name, constant);
    }
}
