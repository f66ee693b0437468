using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using NonMaxSuppression = ModelBuild.Compiler.Graph.Operations.NonMaxSuppression;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="NonMaxSuppression"/> on float32.</summary>
internal static class NonMaxSuppressionReference
{
    public static IReadOnlyList<Tensor> Run(NonMaxSuppression suppression, IReadOnlyList<Tensor> inputs)
    {
        Tensors.Infer(suppression, inputs);
        float[] scores = inputs[1].Elements<float>().ToArray();
        int most = Tensors.Integer(inputs[2]), possible = Math.Min(most, scores.Length);
        SuppressionThresholds thresholds = new(Scalar(inputs[3]), Scalar(inputs[4]), Scalar(inputs[5]));
        Inference.Require(
            thresholds.Overlap is >= 0 and <= 1 || suppression.Overlaps, $"an overlap threshold of {thresholds.Overlap} is not in 0..1.");
        int[] selected = new int[possible];
        float[] selectedScores = new float[possible];
        int count = Kernels.NonMaxSuppression.Run(
            inputs[0].Elements<float>(), suppression.Overlaps ? 0 : 4, scores, thresholds, selected, selectedScores, new int[2 * scores.Length]);
        int length = suppression.Pad ? most : count;
        Array.Resize(ref selected, length);
        Array.Resize(ref selectedScores, length);
        selected.AsSpan(count).Clear();
        Shape shape = Shape.Of(length);
        return [Tensor.Of(shape, selected), Tensor.Of(shape, selectedScores), Tensor.Of(Shape.Scalar, [count])];
    }

    private static float Scalar(Tensor tensor)
    {
        Inference.Require(tensor.Count == 1, $"a threshold has {tensor.Count} values.");
        return tensor.Elements<float>()[0];
    }
}
