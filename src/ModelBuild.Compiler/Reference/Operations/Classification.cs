using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Classification = ModelBuild.Compiler.Graph.Operations.Classification;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Classification"/>.</summary>
internal static class ClassificationReference
{
    public static Tensor Run(Classification classification, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Floating(inputs[0].Type, new Work(Enum.Parse<ClassificationFunction>(classification.Function.ToString()), inputs[0]));

    private sealed record Work(ClassificationFunction Function, Tensor X) : IFloatingWork<Tensor>
    {
        Tensor IFloatingWork<Tensor>.Run<T>() =>
            Tensors.Fill<bool>(DataType.Bool, X.Shape.Dimensions, elements => Kernels.Classification.Run(Function, X.Elements<T>(), elements));
    }
}
