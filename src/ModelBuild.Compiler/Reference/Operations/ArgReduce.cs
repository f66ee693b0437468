using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="ArgReduce"/> on numbers and truth values.</summary>
internal static class ArgReduceReference
{
    public static Tensor Run(ArgReduce reduce, IReadOnlyList<Tensor> inputs)
    {
        Tensor x = inputs[0].Type == DataType.Bool ? Numbers(inputs[0]) : inputs[0];
        int[] shape = Tensors.OutputShape(reduce, inputs);
        return ElementTypes.Real(x.Type, new Work(reduce, x, Inference.Axis(Tensors.Integer(inputs[1]), x.Shape.Rank), shape));
    }

    private static Tensor Numbers(Tensor x) => CastReference.Run(new Cast(DataType.UInt8), [x]);

    private sealed record Work(ArgReduce Reduce, Tensor X, int Axis, int[] Shape) : IRealWork<Tensor>
    {
        Tensor IRealWork<Tensor>.Run<T>() => ElementTypes.Integer(Reduce.Type, new Find<T>(Reduce, X, Axis, Shape));
    }

    private sealed record Find<T>(ArgReduce Reduce, Tensor X, int Axis, int[] Shape) : IIntegerWork<Tensor> where T : System.Numerics.INumber<T>
    {
        Tensor IIntegerWork<Tensor>.Run<TIndex>() => Tensors.Fill<TIndex>(Reduce.Type, Shape, elements =>
            Kernels.ArgReduce.Run<T, TIndex>(Reduce.Least, X.Elements<T>(), X.Shape.Dimensions, Axis, elements));
    }
}
