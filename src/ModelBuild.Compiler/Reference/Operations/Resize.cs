using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Resize"/> on numbers of any type.</summary>
internal static class ResizeReference
{
    public static Tensor Run(Resize resize, IReadOnlyList<Tensor> inputs)
    {
        int[] output = Tensors.OutputShape(resize, inputs);
        if (resize.Kind == ResizeKind.Nearest) return ElementTypes.Any(inputs[0].Type, new Nearest(resize, inputs[0], output));
        ResizeMethod method = Enum.Parse<ResizeMethod>(resize.Kind.ToString());
        return Resample(inputs[0], output, Weights(1), Weights(2));

        AxisWeights Weights(int axis) => ResizeWeights.Of(method, inputs[0].Shape[axis], output[axis], resize.AlignCorners, resize.HalfPixelCenters);
    }

    /// <summary>Each pixel a weighted sum of pixels of x, in float32.</summary>
    public static Tensor Resample(Tensor x, int[] output, AxisWeights rows, AxisWeights columns) =>
        ElementTypes.Real(x.Type, new Sums(x, output, rows, columns));

    private sealed record Nearest(Resize Resize, Tensor X, int[] Output) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, Output, elements =>
            ResizeNearest.Run(X.Elements<T>(), X.Shape[1], X.Shape[2], X.Shape[3], Sources(1), Sources(2), elements.AsSpan()));

        private int[] Sources(int axis) => ResizeNearest.Sources(X.Shape[axis], Output[axis], Resize.AlignCorners, Resize.HalfPixelCenters);
    }

    private sealed record Sums(Tensor X, int[] Output, AxisWeights Rows, AxisWeights Columns) : IRealWork<Tensor>
    {
        Tensor IRealWork<Tensor>.Run<T>() => Tensors.Floats(Output, elements =>
            Kernels.Resample.Run(X.Elements<T>(), X.Shape[1], X.Shape[2], X.Shape[3], Rows, Columns, elements));
    }
}
