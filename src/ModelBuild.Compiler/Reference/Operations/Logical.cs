using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Logical = ModelBuild.Compiler.Graph.Operations.Logical;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Logical"/>.</summary>
internal static class LogicalReference
{
    public static Tensor Run(Logical logical, IReadOnlyList<Tensor> inputs)
    {
        (Tensor a, Tensor b) = (inputs[0], inputs[1]);
        return Tensors.Fill<bool>(DataType.Bool, Tensors.OutputShape(logical, inputs), elements => Kernels.Logical.Run(
            Enum.Parse<LogicalFunction>(logical.Function.ToString()), a.Elements<bool>(), a.Shape.Dimensions, b.Elements<bool>(), b.Shape.Dimensions, elements));
    }
}
