using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="PopulationCount"/>.</summary>
internal static class PopulationCountReference
{
    public static Tensor Run(PopulationCount count, IReadOnlyList<Tensor> inputs) => ElementTypes.Integer(inputs[0].Type, new Work(inputs[0]));

    private sealed record Work(Tensor X) : IIntegerWork<Tensor>
    {
        Tensor IIntegerWork<Tensor>.Run<T>() =>
            Tensors.Fill<byte>(DataType.UInt8, X.Shape.Dimensions, elements => Kernels.PopulationCount.Run(X.Elements<T>(), elements));
    }
}
