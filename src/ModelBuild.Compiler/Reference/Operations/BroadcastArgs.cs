using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="BroadcastArgs"/>.</summary>
internal static class BroadcastArgsReference
{
    public static Tensor Run(BroadcastArgs broadcast, IReadOnlyList<Tensor> inputs)
    {
        DataType type = Tensors.Infer(broadcast, inputs)[0].Type;
        Shape shape = Inference.Broadcast(Shape.Of(Tensors.Integers(inputs[0])), Shape.Of(Tensors.Integers(inputs[1])));
        return Tensors.Vector(type, shape.ToArray());
    }
}
