using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using CombinedNonMaxSuppression = ModelBuild.Compiler.Graph.Operations.CombinedNonMaxSuppression;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="CombinedNonMaxSuppression"/>.</summary>
internal static class CombinedNonMaxSuppressionReference
{
    public static IReadOnlyList<Tensor> Run(CombinedNonMaxSuppression suppression, IReadOnlyList<Tensor> inputs)
    {
        IReadOnlyList<(DataType Type, Shape Shape)> outputs = Tensors.Infer(suppression, inputs);
        (int batch, int count, int classes) = (inputs[1].Shape[0], inputs[1].Shape[1], inputs[1].Shape[2]);
        int classMost = Tensors.Integer(inputs[2]), most = outputs[1].Shape[1], boxLength = inputs[0].Shape[2] * 4;
        SuppressionThresholds thresholds = new(inputs[4].Elements<float>()[0], inputs[5].Elements<float>()[0], 0);
        float[] boxes = new float[batch * most * 4], scores = new float[batch * most], labels = new float[batch * most];
        int[] counts = new int[batch];
        float[] floats = new float[Kernels.CombinedNonMaxSuppression.Floats(count, classes, classMost)];
        int[] integers = new int[Kernels.CombinedNonMaxSuppression.Integers(count, classes, classMost)];
        for (int image = 0; image < batch; image++)
        {
            counts[image] = Kernels.CombinedNonMaxSuppression.Run(
                inputs[0].Elements<float>().Slice(image * count * boxLength, count * boxLength),
                inputs[1].Elements<float>().Slice(image * count * classes, count * classes), classes, classMost, thresholds, suppression.Clip,
                boxes.AsSpan(image * most * 4, most * 4), scores.AsSpan(image * most, most), labels.AsSpan(image * most, most), floats, integers);
        }
        return
        [
            Tensor.Of(outputs[0].Shape, boxes), Tensor.Of(outputs[1].Shape, scores), Tensor.Of(outputs[2].Shape, labels),
            Tensor.Of(outputs[3].Shape, counts),
        ];
    }
}
