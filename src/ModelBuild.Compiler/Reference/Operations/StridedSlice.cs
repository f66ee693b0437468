using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using StridedSlice = ModelBuild.Compiler.Graph.Operations.StridedSlice;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="StridedSlice"/>.</summary>
internal static class StridedSliceReference
{
    public static Tensor Run(StridedSlice slice, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(inputs[0], slice.Resolve(inputs[0].Shape, [.. inputs.Skip(1)])));

    private sealed record Work(Tensor X, StridedSliceRange Range) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Range.Shape, elements =>
            Kernels.StridedSlice.Run(X.Elements<T>(), X.Shape.Dimensions, Range.Begin, Range.Strides, Range.Size, elements));
    }
}
