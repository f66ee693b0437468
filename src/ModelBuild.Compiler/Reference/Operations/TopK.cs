using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="TopK"/>.</summary>
internal static class TopKReference
{
    public static IReadOnlyList<Tensor> Run(TopK topK, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Real(inputs[0].Type, new Work(topK.IndexType, inputs[0], Tensors.OutputShape(topK, inputs)));

    private sealed record Work(DataType IndexType, Tensor X, int[] Shape) : IRealWork<IReadOnlyList<Tensor>>
    {
        IReadOnlyList<Tensor> IRealWork<IReadOnlyList<Tensor>>.Run<T>() => ElementTypes.Integer(IndexType, new Find<T>(IndexType, X, Shape));
    }

    private sealed record Find<T>(DataType IndexType, Tensor X, int[] Shape) : IIntegerWork<IReadOnlyList<Tensor>> where T : INumber<T>
    {
        IReadOnlyList<Tensor> IIntegerWork<IReadOnlyList<Tensor>>.Run<TIndex>()
        {
            T[] values = new T[Inference.Product(Shape)];
            TIndex[] indices = new TIndex[values.Length];
            Kernels.TopK.Run<T, TIndex>(X.Elements<T>(), X.Shape[-1], values, indices, Shape[^1]);
            Shape shape = Graph.Shape.Of(Shape);
            return [new Tensor(X.Type, shape, values), new Tensor(IndexType, shape, indices)];
        }
    }
}
