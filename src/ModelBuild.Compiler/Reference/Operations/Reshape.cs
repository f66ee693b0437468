using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Reshape"/>; the elements are shared, not copied.</summary>
internal static class ReshapeReference
{
    public static Tensor Run(Reshape reshape, IReadOnlyList<Tensor> inputs) => inputs[0].Reshape(Shape.Of(Tensors.OutputShape(reshape, inputs)));
}
