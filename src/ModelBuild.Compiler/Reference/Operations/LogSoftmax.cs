using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="LogSoftmax"/>.</summary>
internal static class LogSoftmaxReference
{
    public static Tensor Run(LogSoftmax softmax, IReadOnlyList<Tensor> inputs) => SoftmaxReference.Run(inputs[0], isLogarithm: true);
}
