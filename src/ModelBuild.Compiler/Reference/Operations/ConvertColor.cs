using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="ConvertColor"/>.</summary>
internal static class ConvertColorReference
{
    public static Tensor Run(ConvertColor convert, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Floating(inputs[0].Type, new Work(convert, inputs[0]));

    private sealed record Work(ConvertColor Convert, Tensor X) : IFloatingWork<Tensor>
    {
        Tensor IFloatingWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, X.Shape.Dimensions, elements =>
        {
            if (Convert.ToHsv) ColorSpace.RgbToHsv(X.Elements<T>(), elements.AsSpan());
            else ColorSpace.HsvToRgb(X.Elements<T>(), elements.AsSpan());
        });
    }
}
