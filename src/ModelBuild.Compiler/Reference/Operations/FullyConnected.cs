using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="FullyConnected"/>: a matrix product, the bias, the limits.</summary>
internal static class FullyConnectedReference
{
    public static Tensor Run(FullyConnected layer, IReadOnlyList<Tensor> inputs)
    {
        Tensor product = MatMulReference.Run(new Graph.Operations.MatMul(false, false), [Rows(inputs[0]), inputs[1]]);
        float[] elements = (float[])product.Data;
        if (inputs.Count > 2)
        {
            ReadOnlySpan<float> bias = inputs[2].Elements<float>();
            for (int row = 0; row < elements.Length; row += bias.Length) AddFloat.Run(elements.AsSpan(row, bias.Length), bias, elements.AsSpan(row, bias.Length));
        }
        ClampFloat.Run(elements, elements, layer.Clamp.Minimum, layer.Clamp.Maximum);
        return product.Reshape(Shape.Of(Tensors.OutputShape(layer, inputs)));
    }

    private static Tensor Rows(Tensor x) => x.Reshape(Shape.Of(x.Count / Math.Max(1, x.Shape[-1]), x.Shape[-1]));
}
