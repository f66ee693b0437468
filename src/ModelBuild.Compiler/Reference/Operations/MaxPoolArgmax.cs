using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using MaxPoolArgmax = ModelBuild.Compiler.Graph.Operations.MaxPoolArgmax;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="MaxPoolArgmax"/> on numbers of any type.</summary>
internal static class MaxPoolArgmaxReference
{
    public static IReadOnlyList<Tensor> Run(MaxPoolArgmax pool, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Real(inputs[0].Type, new Work(pool, inputs[0], Tensors.OutputShape(pool, inputs)));

    private sealed record Work(MaxPoolArgmax Pool, Tensor X, int[] Output) : IRealWork<IReadOnlyList<Tensor>>
    {
        IReadOnlyList<Tensor> IRealWork<IReadOnlyList<Tensor>>.Run<T>() => Pool.IndexType == DataType.Int32 ? Run<T, int>() : Run<T, long>();

        private IReadOnlyList<Tensor> Run<T, TIndex>()
            where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T>
            where TIndex : unmanaged, System.Numerics.IBinaryInteger<TIndex>
        {
            SpatialWindow window = SpatialWindow.Of(Pool);
            Shape shape = Shape.Of(Output);
            T[] values = new T[shape.Count];
            TIndex[] positions = new TIndex[shape.Count];
            Kernels.MaxPoolArgmax.Run(
                X.Elements<T>(), window.Axes(X.Shape, shape), X.Shape[3], Pool.IncludeBatch, values.AsSpan(), positions.AsSpan());
            return [new Tensor(X.Type, shape, values), new Tensor(Pool.IndexType, shape, positions)];
        }
    }
}
