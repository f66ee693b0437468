using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="ScatterNd"/>; truth values are counted, so that one true update makes an element true.</summary>
internal static class ScatterNdReference
{
    public static Tensor Run(ScatterNd scatter, IReadOnlyList<Tensor> inputs)
    {
        Tensor updates = inputs[1];
        if (updates.Type != DataType.Bool)
            return ElementTypes.Number(updates.Type, new Work(inputs[0], updates, Tensors.OutputShape(scatter, inputs)));
        Tensor counts = Run(scatter, [inputs[0], CastReference.Run(new Cast(DataType.Int32), [updates]), inputs[2]]);
        return CastReference.Run(new Cast(DataType.Bool), [counts]);
    }

    private sealed record Work(Tensor Indices, Tensor Updates, int[] Shape) : INumberWork<Tensor>
    {
        Tensor INumberWork<Tensor>.Run<T>() => Tensors.Fill<T>(Updates.Type, Shape, elements =>
            Kernels.ScatterNd.Run<T, int>(Tensors.Integers(Indices), Indices.Shape[-1], Updates.Elements<T>(), Shape, elements));
    }
}
