using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Segment"/>.</summary>
internal static class SegmentReference
{
    public static Tensor Run(Segment segment, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Real(inputs[0].Type, new Work(segment, inputs[0], inputs[1], Tensors.OutputShape(segment, inputs)));

    private sealed record Work(Segment Segment, Tensor X, Tensor Ids, int[] Shape) : IRealWork<Tensor>
    {
        Tensor IRealWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements => SegmentReduce.Run<T, int>(
            Enum.Parse<SegmentFunction>(Segment.Kind.ToString()), X.Elements<T>(), Tensors.Integers(Ids), Segment.Sorted, new int[Shape[0]], elements));
    }
}
