using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using Einsum = ModelBuild.Compiler.Graph.Operations.Einsum;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Einsum"/>.</summary>
internal static class EinsumReference
{
    public static Tensor Run(Einsum einsum, IReadOnlyList<Tensor> inputs)
    {
        EinsumPlan plan = new(einsum.Equation, [.. inputs.Select(input => input.Shape.ToArray())]);
        return ElementTypes.Number(inputs[0].Type, new Work(plan, inputs));
    }

    private sealed record Work(EinsumPlan Plan, IReadOnlyList<Tensor> Inputs) : INumberWork<Tensor>
    {
        Tensor INumberWork<Tensor>.Run<T>() => Tensors.Fill<T>(Inputs[0].Type, Plan.OutputShape, elements => Kernels.Einsum.Run<T>(
            Plan, Inputs[0].Elements<T>(), Inputs.Count > 1 ? Inputs[1].Elements<T>() : [], new T[Plan.ScratchLength], elements));
    }
}
