using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="LogicalNot"/>.</summary>
internal static class LogicalNotReference
{
    public static Tensor Run(LogicalNot not, IReadOnlyList<Tensor> inputs) =>
        Tensors.Fill<bool>(DataType.Bool, inputs[0].Shape.Dimensions, elements => Kernels.LogicalNot.Run(inputs[0].Elements<bool>(), elements));
}
