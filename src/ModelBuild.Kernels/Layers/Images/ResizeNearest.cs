using System;

namespace ModelBuild.Kernels;

/// <summary>Resizes an image by taking the nearest pixel: TensorFlow's ResizeNearestNeighbor, of elements of any type.</summary>
internal static class ResizeNearest
{
    /// <summary>Copies.</summary>
    /// <param name="source">[batch][height][width][channels].</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="rows">Input row of each row of the output.</param>
    /// <param name="columns">Input column of each column of the output.</param>
    /// <param name="destination">[batch][rows][columns][channels].</param>
    public static void Run<T>(
        ReadOnlySpan<T> source, int height, int width, int channels, ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, Span<T> destination)
    {
        for (int line = 0; line < destination.Length / Math.Max(columns.Length * channels, 1); line++)
        {
            (int image, int y) = Math.DivRem(line, rows.Length);
            for (int x = 0; x < columns.Length; x++)
            {
                int from = ((image * height + rows[y]) * width + columns[x]) * channels;
                source.Slice(from, channels).CopyTo(destination.Slice((line * columns.Length + x) * channels));
            }
        }
    }

    /// <summary>The input that each output along an axis copies.</summary>
    /// <param name="input">Pixels of the original.</param>
    /// <param name="output">Pixels of the result.</param>
    /// <param name="alignCorners">The outer pixels coincide, and places are rounded; else they are rounded down.</param>
    /// <param name="halfPixelCenters">The outer edges coincide.</param>
    public static int[] Sources(int input, int output, bool alignCorners, bool halfPixelCenters)
    {
        float scale = new PixelCoordinates(input, output, alignCorners, halfPixelCenters).Scale;
        int[] sources = new int[output];
        for (int i = 0; i < output; i++)
        {
            float place = (halfPixelCenters ? i + 0.5f : i) * scale;
            float nearest = alignCorners ? MathF.Round(place, MidpointRounding.AwayFromZero) : MathF.Floor(place);
            sources[i] = Math.Clamp((int)nearest, 0, input - 1);
        }
        return sources;
    }
}

/// <inheritdoc cref="ResizeNearest"/>
/// <typeparam name="T">Element type.</typeparam>
internal sealed class ResizeNearest<T> : Layer where T : unmanaged
{
    private readonly FlatBuffer<T> _input;
    private readonly FlatBuffer<T> _output;
    private readonly int[] _rows;
    private readonly int[] _columns;

    /// <param name="input">[batch, height, width, channels].</param>
    /// <param name="output">[batch, new height, new width, channels].</param>
    /// <param name="alignCorners">See <see cref="ResizeNearest.Sources"/>.</param>
    /// <param name="halfPixelCenters">See <see cref="ResizeNearest.Sources"/>.</param>
    public ResizeNearest(FlatBuffer<T> input, FlatBuffer<T> output, bool alignCorners, bool halfPixelCenters)
    {
        Shapes.Require(input.Shape.Length == 4 && output.Shape.Length == 4, "an image has four axes");
        _input = input;
        _output = Shapes.Shaped(output, [input.Shape[0], output.Shape[1], output.Shape[2], input.Shape[3]]);
        _rows = ResizeNearest.Sources(input.Shape[1], output.Shape[1], alignCorners, halfPixelCenters);
        _columns = ResizeNearest.Sources(input.Shape[2], output.Shape[2], alignCorners, halfPixelCenters);
    }

    public override void Run(Workspace workspace) => ResizeNearest.Run<T>(
        workspace.Elements(_input), _input.Shape[1], _input.Shape[2], _input.Shape[3], _rows, _columns, workspace.Elements(_output));
}
