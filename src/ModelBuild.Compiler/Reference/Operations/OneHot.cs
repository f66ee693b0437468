using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="OneHot"/>.</summary>
internal static class OneHotReference
{
    public static Tensor Run(OneHot oneHot, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[2].Type, new Work(inputs, Inference.Axis(oneHot.Axis, inputs[0].Shape.Rank + 1), Tensors.OutputShape(oneHot, inputs)));

    private sealed record Work(IReadOnlyList<Tensor> Inputs, int Axis, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(Inputs[2].Type, Shape, elements => Kernels.OneHot.Run<T, int>(
            Tensors.Integers(Inputs[0]), Inputs[0].Shape.Dimensions, Shape[Axis], Axis,
            Tensors.Single<T>(Inputs[2]), Tensors.Single<T>(Inputs[3]), elements));
    }
}
