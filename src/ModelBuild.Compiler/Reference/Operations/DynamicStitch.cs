using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="DynamicStitch"/>.</summary>
internal static class DynamicStitchReference
{
    public static Tensor Run(DynamicStitch stitch, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[^1].Type, new Work(inputs, Tensors.OutputShape(stitch, inputs)));

    private sealed record Work(IReadOnlyList<Tensor> Inputs, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(Inputs[^1].Type, Shape, elements =>
        {
            int count = Inputs.Count / 2;
            for (int i = 0; i < count; i++)
                TensorScatterUpdate.Run<T, int>(elements, Shape, Tensors.Integers(Inputs[i]), 1, Inputs[count + i].Elements<T>(), elements);
        });
    }
}
