using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Roll"/>.</summary>
internal static class RollReference
{
    public static Tensor Run(Roll roll, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(inputs[0], Tensors.Integers(inputs[1]), Tensors.Integers(inputs[2]), Tensors.OutputShape(roll, inputs)));

    private sealed record Work(Tensor X, int[] Shifts, int[] Axes, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
            Kernels.Roll.Run(X.Elements<T>(), X.Shape.Dimensions, Shifts, Axes, elements));
    }
}
