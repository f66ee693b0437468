using ModelBuild.Compiler.Graph;
using Range = ModelBuild.Compiler.Graph.Operations.Range;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Range"/>.</summary>
internal static class RangeReference
{
    public static Tensor Run(Range range, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Real(inputs[0].Type, new Work(inputs, Tensors.OutputShape(range, inputs)));

    private sealed record Work(IReadOnlyList<Tensor> Inputs, int[] Shape) : IRealWork<Tensor>
    {
        Tensor IRealWork<Tensor>.Run<T>() => Tensors.Fill<T>(Inputs[0].Type, Shape, elements =>
            Kernels.Range.Run(Tensors.Single<T>(Inputs[0]), Tensors.Single<T>(Inputs[2]), elements));
    }
}
