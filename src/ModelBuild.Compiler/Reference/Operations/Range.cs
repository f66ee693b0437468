using ModelBuild.Compiler.Graph;
using Range = ModelBuild.Compiler.Graph.Operations.Range;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Range"/>.</summary>
internal static class RangeReference
{
    public static Tensor Run(Range range, IReadOnlyList<Tensor> inputs)
    {
        Tensors.Infer(range, inputs);
        return ElementTypes.Real(inputs[0].Type, new Work(inputs));
    }

    private sealed record Work(IReadOnlyList<Tensor> Inputs) : IRealWork<Tensor>
    {
        Tensor IRealWork<Tensor>.Run<T>()
        {
            T start = Tensors.Single<T>(Inputs[0]), limit = Tensors.Single<T>(Inputs[1]), delta = Tensors.Single<T>(Inputs[2]);
            return Tensors.Fill<T>(Inputs[0].Type, [Kernels.Range.Length(start, limit, delta)], elements => Kernels.Range.Run(start, delta, elements));
        }
    }
}
