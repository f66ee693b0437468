using System;

namespace ModelBuild.Kernels;

/// <summary>Turns the hue or scales the saturation of pixels {red, green, blue}: TensorFlow's AdjustHue and AdjustSaturation.</summary>
internal sealed class AdjustColor : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<float> _amount;
    private readonly FlatBuffer<float> _output;
    private readonly bool _hue;

    /// <param name="input">[..., 3].</param>
    /// <param name="amount">One element: by how much of the circle the hue is turned, or the factor of the saturation.</param>
    /// <param name="output">[..., 3].</param>
    /// <param name="hue">The hue; else the saturation.</param>
    public AdjustColor(FlatBuffer<float> input, FlatBuffer<float> amount, FlatBuffer<float> output, bool hue)
    {
        _input = input;
        _amount = amount;
        _output = Shapes.Shaped(output, input.Shape);
        _hue = hue;
    }

    public override void Run(Workspace workspace) =>
        Run(workspace.Elements(_input), workspace.Elements(_amount)[0], _hue, workspace.Elements(_output));

    /// <summary>Adjusts.</summary>
    /// <param name="source">[pixels][3].</param>
    /// <param name="amount">By how much of the circle the hue is turned, or the factor of the saturation.</param>
    /// <param name="hue">The hue; else the saturation.</param>
    /// <param name="destination">[pixels][3].</param>
    public static void Run(ReadOnlySpan<float> source, float amount, bool hue, Span<float> destination)
    {
        for (int i = 0; i + 2 < source.Length; i += 3)
        {
            (float red, float green, float blue) = (source[i], source[i + 1], source[i + 2]);
            float value = Math.Max(Math.Max(red, green), blue);
            float least = Math.Min(Math.Min(red, green), blue);
            float sixths = value > least ? ColorSpace.Hue(red, green, blue, value, value - least) : 0;
            if (hue)
            {
                sixths += amount * 6;
                sixths -= 6 * MathF.Floor(sixths / 6);
            }
            else
            {
                float saturation = value > 0 ? (value - least) / value : 0;
                least = value * (1 - Math.Clamp(saturation * amount, 0, 1));
            }
            Write(sixths, least, value, destination.Slice(i, 3));
        }
    }

    /// <summary>The pixel of a hue whose greatest and least channels are given.</summary>
    private static void Write(float sixths, float least, float value, Span<float> pixel)
    {
        int sector = (int)sixths % 6;
        float share = sixths - MathF.Floor(sixths);
        float middle = least + (sector % 2 == 0 ? share : 1 - share) * (value - least);
        (pixel[0], pixel[1], pixel[2]) = sector switch
        {
            0 => (value, middle, least),
            1 => (middle, value, least),
            2 => (least, value, middle),
            3 => (least, middle, value),
            4 => (middle, least, value),
            _ => (value, least, middle),
        };
    }
}
