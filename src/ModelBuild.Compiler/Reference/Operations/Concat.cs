using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Concat"/>.</summary>
internal static class ConcatReference
{
    public static Tensor Run(Concat concat, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(inputs, Tensors.OutputShape(concat, inputs), Inference.Axis(concat.Axis, inputs[0].Shape.Rank)));

    private sealed record Work(IReadOnlyList<Tensor> Inputs, int[] Shape, int Axis) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(Inputs[0].Type, Shape, elements =>
        {
            int position = 0;
            foreach (Tensor input in Inputs)
            {
                Kernels.Concat.Run(input.Elements<T>(), input.Shape.Dimensions, Axis, position, elements, Shape[Axis]);
                position += input.Shape[Axis];
            }
        });
    }
}
