using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="BatchToSpace"/>.</summary>
internal static class BatchToSpaceReference
{
    public static Tensor Run(BatchToSpace batchToSpace, IReadOnlyList<Tensor> inputs)
    {
        int[] block = Tensors.Integers(inputs[1]), crops = Tensors.Integers(inputs[2]);
        return ElementTypes.Any(inputs[0].Type, new Work(inputs[0], block, crops, Tensors.OutputShape(batchToSpace, inputs)));
    }

    private sealed record Work(Tensor X, int[] Block, int[] Crops, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.BatchToSpace.Run(X.Elements<T>(), X.Shape.Dimensions, Block, Crops, elements, Shape));
    }
}
