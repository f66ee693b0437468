using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Split"/>.</summary>
internal static class SplitReference
{
    public static IReadOnlyList<Tensor> Run(Split split, IReadOnlyList<Tensor> inputs)
    {
        Shape[] parts = [.. Tensors.Infer(split, inputs).Select(part => part.Shape)];
        return ElementTypes.Any(inputs[0].Type, new Work(inputs[0], Inference.Axis(split.Axis, inputs[0].Shape.Rank), parts));
    }

    private sealed record Work(Tensor X, int Axis, Shape[] Parts) : IElementWork<IReadOnlyList<Tensor>>
    {
        public IReadOnlyList<Tensor> Run<T>()
        {
            List<Tensor> parts = [];
            int position = 0;
            foreach (Shape part in Parts)
            {
                int start = position;
                parts.Add(Tensors.Fill<T>(X.Type, part.Dimensions, elements =>
                    Kernels.Split.Run(X.Elements<T>(), X.Shape.Dimensions, Axis, start, part[Axis], elements)));
                position += part[Axis];
            }
            return parts;
        }
    }
}
