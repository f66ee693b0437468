using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="InTopK"/>.</summary>
internal static class InTopKReference
{
    public static Tensor Run(InTopK inTopK, IReadOnlyList<Tensor> inputs) => Tensors.Fill<bool>(
        DataType.Bool, Tensors.OutputShape(inTopK, inputs), elements =>
            Kernels.InTopK.Run<int>(inputs[0].Elements<float>(), Tensors.Integers(inputs[1]), Tensors.Integer(inputs[2]), elements));
}
