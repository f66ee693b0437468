using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="BroadcastTo"/>.</summary>
internal static class BroadcastToReference
{
    public static Tensor Run(BroadcastTo broadcastTo, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(inputs[0], Tensors.OutputShape(broadcastTo, inputs)));

    private sealed record Work(Tensor X, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.BroadcastTo.Run(X.Elements<T>(), X.Shape.Dimensions, Shape, elements));
    }
}
