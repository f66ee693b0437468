using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Fill"/>.</summary>
internal static class FillReference
{
    public static Tensor Run(Fill fill, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[1].Type, new Work(inputs[1], Tensors.OutputShape(fill, inputs)));

    private sealed record Work(Tensor Value, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(Value.Type, Shape, elements => elements.AsSpan().Fill(Value.Elements<T>()[0]));
    }
}
