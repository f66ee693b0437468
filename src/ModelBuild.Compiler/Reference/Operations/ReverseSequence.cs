using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="ReverseSequence"/>.</summary>
internal static class ReverseSequenceReference
{
    public static Tensor Run(ReverseSequence reverse, IReadOnlyList<Tensor> inputs)
    {
        int[] shape = Tensors.OutputShape(reverse, inputs);
        int time = Inference.Axis(reverse.TimeAxis, shape.Length), batch = Inference.Axis(reverse.BatchAxis, shape.Length);
        return ElementTypes.Any(inputs[0].Type, new Work(inputs[0], Tensors.Integers(inputs[1]), time, batch));
    }

    private sealed record Work(Tensor X, int[] Lengths, int Time, int Batch) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, X.Shape.Dimensions, elements =>
            Kernels.ReverseSequence.Run<T, int>(X.Elements<T>(), X.Shape.Dimensions, Lengths, Time, Batch, elements));
    }
}
