using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Select"/> on elements of any type.</summary>
internal static class SelectReference
{
    public static Tensor Run(Select select, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[1].Type, new Work(select.Rows, inputs[0], inputs[1], inputs[2], Tensors.OutputShape(select, inputs)));

    private sealed record Work(bool Rows, Tensor Condition, Tensor X, Tensor Y, int[] Shape) : IElementWork<Tensor>
    {
        Tensor IElementWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, Shape, elements =>
        {
            if (Rows) Kernels.Select.Rows(Condition.Elements<bool>(), X.Elements<T>(), Y.Elements<T>(), elements);
            else
            {
                Kernels.Select.Run(Condition.Elements<bool>(), Condition.Shape.Dimensions,
                    X.Elements<T>(), X.Shape.Dimensions, Y.Elements<T>(), Y.Shape.Dimensions, elements, Shape);
            }
        });
    }
}
