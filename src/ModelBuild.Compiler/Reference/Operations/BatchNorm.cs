using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="BatchNorm"/> on float32 and float64.</summary>
internal static class BatchNormReference
{
    public static Tensor Run(BatchNorm norm, IReadOnlyList<Tensor> inputs) =>
        inputs[0].Type == DataType.Float64 ? Run<double>(norm, inputs) : Run<float>(norm, inputs);

    /// <summary>The normalisation as factor and addend of each channel, computed in double precision.</summary>
    public static (float[] Factor, float[] Addend) Affine(BatchNorm norm, Tensor scale, Tensor offset, Tensor mean, Tensor variance)
    {
        float[] factor = new float[scale.Count], addend = new float[scale.Count];
        for (int c = 0; c < factor.Length; c++)
        {
            double slope = scale.Elements<float>()[c] / Math.Sqrt((double)variance.Elements<float>()[c] + norm.Epsilon);
            factor[c] = (float)slope;
            addend[c] = (float)(offset.Elements<float>()[c] - mean.Elements<float>()[c] * slope);
        }
        return (factor, addend);
    }

    /// <summary>The mean is subtracted first, so that a large one does not cost digits.</summary>
    private static Tensor Run<T>(BatchNorm norm, IReadOnlyList<Tensor> inputs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T epsilon = T.CreateTruncating(norm.Epsilon);
        T[] factor = new T[inputs[1].Count];
        for (int c = 0; c < factor.Length; c++) factor[c] = inputs[1].Elements<T>()[c] / T.Sqrt(inputs[4].Elements<T>()[c] + epsilon);
        return Tensors.Fill<T>(inputs[0].Type, inputs[0].Shape.Dimensions, elements =>
        {
            ReadOnlySpan<T> source = inputs[0].Elements<T>(), offset = inputs[2].Elements<T>(), mean = inputs[3].Elements<T>();
            for (int i = 0, channel = 0; i < elements.Length; i++)
            {
                elements[i] = (source[i] - mean[channel]) * factor[channel] + offset[channel];
                if (++channel == factor.Length) channel = 0;
            }
        });
    }
}
