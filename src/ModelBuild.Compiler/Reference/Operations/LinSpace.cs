using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="LinSpace"/>.</summary>
internal static class LinSpaceReference
{
    public static Tensor Run(LinSpace linSpace, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Floating(inputs[0].Type, new Work(inputs, Tensors.OutputShape(linSpace, inputs)));

    private sealed record Work(IReadOnlyList<Tensor> Inputs, int[] Shape) : IFloatingWork<Tensor>
    {
        Tensor IFloatingWork<Tensor>.Run<T>() => Tensors.Fill<T>(Inputs[0].Type, Shape, elements =>
            Kernels.LinSpace.Run(Tensors.Single<T>(Inputs[0]), Tensors.Single<T>(Inputs[1]), elements));
    }
}
