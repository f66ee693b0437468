using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Pack"/>.</summary>
internal static class PackReference
{
    public static Tensor Run(Pack pack, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(inputs, Tensors.OutputShape(pack, inputs), Inference.Axis(pack.Axis, inputs[0].Shape.Rank + 1)));

    private sealed record Work(IReadOnlyList<Tensor> Inputs, int[] Shape, int Axis) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(Inputs[0].Type, Shape, elements =>
        {
            for (int i = 0; i < Inputs.Count; i++)
                Kernels.Pack.Run(Inputs[i].Elements<T>(), Inputs[i].Shape.Dimensions, Axis, i, elements, Inputs.Count);
        });
    }
}
