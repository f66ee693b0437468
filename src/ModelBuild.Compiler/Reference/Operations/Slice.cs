using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Slice"/>.</summary>
internal static class SliceReference
{
    public static Tensor Run(Slice slice, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(inputs[0], Tensors.Integers(inputs[1]), Tensors.OutputShape(slice, inputs)));

    private sealed record Work(Tensor X, int[] Begin, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.Slice.Run(X.Elements<T>(), X.Shape.Dimensions, Begin, Shape, elements));
    }
}
