using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="LeakyRelu"/>.</summary>
internal static class LeakyReluReference
{
    public static Tensor Run(LeakyRelu leaky, IReadOnlyList<Tensor> inputs) => ElementTypes.Floating(inputs[0].Type, new Work(leaky.Alpha, inputs[0]));

    private sealed record Work(float Alpha, Tensor X) : IFloatingWork<Tensor>
    {
        Tensor IFloatingWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, X.Shape.Dimensions, elements =>
            Kernels.LeakyRelu.Run(X.Elements<T>(), T.CreateTruncating(Alpha), elements));
    }
}
