using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="BatchNorm"/> on float32.</summary>
internal static class BatchNormReference
{
    public static Tensor Run(BatchNorm norm, IReadOnlyList<Tensor> inputs)
    {
        (float[] factor, float[] addend) = Affine(norm, inputs[1], inputs[2], inputs[3], inputs[4]);
        ReadOnlyMemory<float> x = (float[])inputs[0].Data;
        return Tensors.Floats(inputs[0].Shape.Dimensions, elements =>
        {
            ReadOnlySpan<float> source = x.Span;
            for (int i = 0, channel = 0; i < elements.Length; i++)
            {
                elements[i] = source[i] * factor[channel] + addend[channel];
                if (++channel == factor.Length) channel = 0;
            }
        });
    }

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
}
