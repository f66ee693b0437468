using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Reverse"/>.</summary>
internal static class ReverseReference
{
    public static Tensor Run(Reverse reverse, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(inputs[0], Tensors.Integers(inputs[1]), Tensors.OutputShape(reverse, inputs)));

    private sealed record Work(Tensor X, int[] Axes, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.Reverse.Run(X.Elements<T>(), X.Shape.Dimensions, Axes, elements));
    }
}
