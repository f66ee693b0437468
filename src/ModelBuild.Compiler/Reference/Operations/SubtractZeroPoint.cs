using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using SubtractZeroPoint = ModelBuild.Compiler.Graph.Operations.SubtractZeroPoint;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="SubtractZeroPoint"/>.</summary>
internal static class SubtractZeroPointReference
{
    public static Tensor Run(SubtractZeroPoint subtract, IReadOnlyList<Tensor> inputs) => ElementTypes.Integer(inputs[0].Type, new Work(inputs[0], inputs[1], inputs[2]));

    private sealed record Work(Tensor Q, Tensor Minimum, Tensor Maximum) : IIntegerWork<Tensor>
    {
        Tensor IIntegerWork<Tensor>.Run<T>() => Tensors.Floats(Q.Shape.Dimensions, elements =>
            Kernels.SubtractZeroPoint.Run(Q.Elements<T>(), Minimum.Elements<float>()[0], Maximum.Elements<float>()[0], elements));
    }
}
