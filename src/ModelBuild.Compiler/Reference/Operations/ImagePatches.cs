using ModelBuild.Compiler.Graph;
using ImagePatches = ModelBuild.Compiler.Graph.Operations.ImagePatches;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="ImagePatches"/>.</summary>
internal static class ImagePatchesReference
{
    public static Tensor Run(ImagePatches patches, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(patches, inputs[0], Tensors.OutputShape(patches, inputs)));

    private sealed record Work(ImagePatches Patches, Tensor X, int[] Output) : IElementWork<Tensor>
    {
        public Tensor Run<T>()
        {
            SpatialWindow window = SpatialWindow.Of(Patches);
            return Tensors.Fill<T>(X.Type, Output, elements =>
                Kernels.ImagePatches.Run(X.Elements<T>(), window.Axes(X.Shape, Shape.Of(Output)), X.Shape[3], elements.AsSpan()));
        }
    }
}
