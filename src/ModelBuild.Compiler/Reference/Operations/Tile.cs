using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Tile"/>.</summary>
internal static class TileReference
{
    public static Tensor Run(Tile tile, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(inputs[0], Tensors.Integers(inputs[1]), Tensors.OutputShape(tile, inputs)));

    private sealed record Work(Tensor X, int[] Multiples, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.Tile.Run(X.Elements<T>(), X.Shape.Dimensions, Multiples, elements));
    }
}
