using System;

namespace ModelBuild.Kernels;

/// <summary>The weights of TensorFlow's ResizeBilinear, ResizeBicubic and ResizeArea along an axis.</summary>
internal static class ResizeWeights
{
    /// <summary>TensorFlow looks cubic weights up in a table of this many steps from pixel to pixel.</summary>
    private const int CubicSteps = 1024;

    /// <summary>The free parameter of cubic convolution (Keys 1981 derives -1/2).</summary>
    private const float Keys = -0.5f;

    /// <summary>The free parameter without half-pixel centres.</summary>
    private const float Legacy = -0.75f;

    /// <summary>The weights of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="input">Pixels of the original.</param>
    /// <param name="output">Pixels of the result.</param>
    /// <param name="alignCorners">See <see cref="PixelCoordinates"/>.</param>
    /// <param name="halfPixelCenters">See <see cref="PixelCoordinates"/>; no matter for areas.</param>
    public static AxisWeights Of(ResizeMethod method, int input, int output, bool alignCorners, bool halfPixelCenters)
    {
        var places = new PixelCoordinates(input, output, alignCorners, halfPixelCenters);
        var weights = new AxisWeights();
        for (int i = 0; i < output; i++)
        {
            if (method == ResizeMethod.Area) AddArea(weights, i * places.Scale, (i + 1) * places.Scale, places.Scale, input);
            else if (method == ResizeMethod.Bilinear) AddLinear(weights, places[i], input);
            else AddCubic(weights, places[i], input, halfPixelCenters);
            weights.EndOutput();
        }
        return weights;
    }

    private static void AddLinear(AxisWeights weights, float place, int input)
    {
        float below = MathF.Floor(place);
        float share = place - below;
        weights.Add(Math.Max((int)below, 0), 1 - share);
        weights.Add(Math.Min((int)below + 1, input - 1), share);
    }

    /// <summary>With half-pixel centres pixels outside have no weight and the others are scaled to a sum of 1; else edges repeat.</summary>
    private static void AddCubic(AxisWeights weights, float place, int input, bool halfPixelCenters)
    {
        int below = (int)MathF.Floor(place);
        float share = MathF.Round((place - below) * CubicSteps, MidpointRounding.ToEven) / CubicSteps;
        float parameter = halfPixelCenters ? Keys : Legacy;
        Span<float> taps = stackalloc float[4]
        {
            Far(parameter, 1 + share), Near(parameter, share), Near(parameter, 1 - share), Far(parameter, 2 - share),
        };
        float sum = 0;
        for (int i = 0; i < taps.Length && halfPixelCenters; i++)
        {
            if ((uint)(below - 1 + i) >= (uint)input) taps[i] = 0;
            sum += taps[i];
        }
        for (int i = 0; i < taps.Length; i++)
            weights.Add(Math.Clamp(below - 1 + i, 0, input - 1), halfPixelCenters ? taps[i] / sum : taps[i]);
    }

    /// <summary>Cubic convolution at a distance of at most 1.</summary>
    private static float Near(float a, float x) => ((a + 2) * x - (a + 3)) * x * x + 1;

    /// <summary>Cubic convolution at a distance from 1 to 2.</summary>
    private static float Far(float a, float x) => ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;

    /// <summary>The share of each pixel in [start, end), over the whole; what lies outside repeats the edge.</summary>
    private static void AddArea(AxisWeights weights, float start, float end, float scale, int input)
    {
        for (int pixel = (int)MathF.Floor(start); pixel < MathF.Ceiling(end); pixel++)
        {
            float share = Math.Min(pixel + 1, end) - Math.Max(pixel, start);
            weights.Add(Math.Clamp(pixel, 0, input - 1), share / scale);
        }
    }
}
