using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Unpack"/>.</summary>
internal static class UnpackReference
{
    public static IReadOnlyList<Tensor> Run(Unpack unpack, IReadOnlyList<Tensor> inputs)
    {
        IReadOnlyList<(DataType Type, Shape Shape)> outputs = Tensors.Infer(unpack, inputs);
        int axis = Inference.Axis(unpack.Axis, inputs[0].Shape.Rank);
        return [.. outputs.Select((output, i) => ElementTypes.Any(output.Type, new Work(inputs[0], axis, i, output.Shape)))];
    }

    private sealed record Work(Tensor X, int Axis, int Index, Shape Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape.Dimensions, elements =>
            Kernels.Unpack.Run(X.Elements<T>(), X.Shape.Dimensions, Axis, Index, elements));
    }
}
