using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Scales and moves an image with a sampling kernel that may widen to avoid aliases: TensorFlow's ScaleAndTranslate.</summary>
internal static class ScaleAndTranslate
{
    /// <summary>Sums of weights below this are not made 1: nothing is sampled.</summary>
    private const float LeastSum = 1.17549435e-35f;

    /// <summary>The weights along an axis.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="input">Pixels of the original.</param>
    /// <param name="output">Pixels of the result.</param>
    /// <param name="scale">Pixels of the result to one of the original.</param>
    /// <param name="translation">Pixels by which the result is moved.</param>
    /// <param name="antialias">Where the image shrinks the kernel grows.</param>
    public static AxisWeights Weights(SamplingKernel kernel, int input, int output, float scale, float translation, bool antialias)
    {
        Shapes.Require(scale > 0, "a scale is not positive");
        float inverse = 1 / scale;
        float stretch = antialias ? Math.Max(inverse, 1) : 1;
        float radius = SamplingKernels.Radius(kernel) * stretch;
        var weights = new AxisWeights();
        Span<float> taps = new float[input];
        for (int i = 0; i < output; i++)
        {
            float place = (i + 0.5f) * inverse - inverse * translation;
            if (place >= 0 && place <= input)
            {
                int first = Math.Clamp((int)MathF.Ceiling(place - radius - 0.5f), 0, input - 1);
                int end = Math.Clamp((int)MathF.Floor(place + radius - 0.5f), 0, input - 1) + 1;
                float sum = 0;
                for (int pixel = first; pixel < end; pixel++)
                {
                    taps[pixel] = SamplingKernels.Weight(kernel, Math.Abs((pixel + 0.5f - place) / stretch));
                    sum += taps[pixel];
                }
                for (int pixel = first; pixel < end && Math.Abs(sum) >= LeastSum; pixel++) weights.Add(pixel, taps[pixel] / sum);
            }
            weights.EndOutput();
        }
        return weights;
    }
}

/// <inheritdoc cref="ScaleAndTranslate"/>
/// <typeparam name="T">Element type of the image.</typeparam>
internal sealed class ScaleAndTranslate<T> : Layer where T : unmanaged, INumberBase<T>
{
    private readonly FlatBuffer<T> _input;
    private readonly FlatBuffer<float> _output;
    private readonly AxisWeights _rows;
    private readonly AxisWeights _columns;

    /// <param name="input">[batch, height, width, channels].</param>
    /// <param name="output">[batch, new height, new width, channels].</param>
    /// <param name="kernel">A name of <see cref="SamplingKernel"/>.</param>
    /// <param name="scale">Of rows and columns.</param>
    /// <param name="translation">Of rows and columns.</param>
    /// <param name="antialias">Where the image shrinks the kernel grows.</param>
    public ScaleAndTranslate(FlatBuffer<T> input, FlatBuffer<float> output, string kernel, float[] scale, float[] translation, bool antialias)
    {
        Shapes.Require(input.Shape.Length == 4 && output.Shape.Length == 4, "an image has four axes");
        SamplingKernel parsed = Enum.Parse<SamplingKernel>(kernel);
        _input = input;
        _output = Shapes.Shaped(output, [input.Shape[0], output.Shape[1], output.Shape[2], input.Shape[3]]);
        _rows = ScaleAndTranslate.Weights(parsed, input.Shape[1], output.Shape[1], scale[0], translation[0], antialias);
        _columns = ScaleAndTranslate.Weights(parsed, input.Shape[2], output.Shape[2], scale[1], translation[1], antialias);
    }

    public override void Run(Workspace workspace) => Resample.Run<T>(
        workspace.Elements(_input), _input.Shape[1], _input.Shape[2], _input.Shape[3], _rows, _columns, workspace.Elements(_output));
}
