using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// Cuts boxes out of NHWC images and resizes each to one size: TensorFlow's CropAndResize. A box is {top, left, bottom, right}, 0 and 1
/// being the first and last pixel; bottom above top turns it upside down.
/// </summary>
internal static class CropAndResize
{
    /// <summary>Cuts.</summary>
    /// <param name="source">[batch][height][width][channels].</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="boxes">[boxes][4].</param>
    /// <param name="images">[boxes]: number of the image in the batch.</param>
    /// <param name="nearest">The nearest pixel; else bilinear.</param>
    /// <param name="outside">Value of what lies outside the image.</param>
    /// <param name="destination">[boxes][rows][columns][channels].</param>
    /// <param name="rows">Rows of a result.</param>
    /// <param name="columns">Columns of a result.</param>
    /// <exception cref="ArgumentException">There is no image of a number, or a box is not finite.</exception>
    public static void Run<T>(
        ReadOnlySpan<T> source, ReadOnlySpan<int> shape, ReadOnlySpan<float> boxes, ReadOnlySpan<int> images, bool nearest, float outside,
        Span<float> destination, int rows, int columns)
        where T : unmanaged, INumberBase<T>
    {
        int channels = shape[3];
        int imageLength = shape[1] * shape[2] * channels;
        for (int box = 0; box < images.Length; box++)
        {
            Shapes.Require((uint)images[box] < (uint)shape[0], "a box is of an image outside the batch");
            ReadOnlySpan<float> sides = boxes.Slice(4 * box, 4);
            foreach (float side in sides) Shapes.Require(float.IsFinite(side), "a box is not finite");
            ReadOnlySpan<T> image = source.Slice(images[box] * imageLength, imageLength);
            for (int y = 0; y < rows; y++)
            {
                float row = Place(sides[0], sides[2], y, rows, shape[1]);
                for (int x = 0; x < columns; x++)
                {
                    float column = Place(sides[1], sides[3], x, columns, shape[2]);
                    Span<float> pixel = destination.Slice(((box * rows + y) * columns + x) * channels, channels);
                    bool inside = row >= 0 && row <= shape[1] - 1 && column >= 0 && column <= shape[2] - 1;
                    if (!inside) pixel.Fill(outside);
                    else if (nearest) Copy(image, (Round(row) * shape[2] + Round(column)) * channels, pixel);
                    else Interpolate(image, row, column, shape[2], pixel);
                }
            }
        }
    }

    /// <summary>Place in the image of a pixel of the result along an axis.</summary>
    private static float Place(float start, float end, int pixel, int pixels, int size)
    {
        if (pixels == 1) return 0.5f * (start + end) * (size - 1);
        float scale = (end - start) * (size - 1) / (pixels - 1);
        return start * (size - 1) + pixel * scale;
    }

    private static int Round(float place) => (int)MathF.Round(place, MidpointRounding.AwayFromZero);

    private static void Copy<T>(ReadOnlySpan<T> image, int from, Span<float> pixel) where T : unmanaged, INumberBase<T>
    {
        for (int c = 0; c < pixel.Length; c++) pixel[c] = float.CreateTruncating(image[from + c]);
    }

    private static void Interpolate<T>(ReadOnlySpan<T> image, float row, float column, int width, Span<float> pixel)
        where T : unmanaged, INumberBase<T>
    {
        int channels = pixel.Length;
        int top = (int)MathF.Floor(row);
        int left = (int)MathF.Floor(column);
        ReadOnlySpan<T> above = image.Slice(top * width * channels);
        ReadOnlySpan<T> below = image.Slice((int)MathF.Ceiling(row) * width * channels);
        int right = (int)MathF.Ceiling(column) * channels;
        for (int c = 0; c < channels; c++)
        {
            float upper = Mix(float.CreateTruncating(above[left * channels + c]), float.CreateTruncating(above[right + c]), column - left);
            float lower = Mix(float.CreateTruncating(below[left * channels + c]), float.CreateTruncating(below[right + c]), column - left);
            pixel[c] = Mix(upper, lower, row - top);
        }
    }

    private static float Mix(float first, float second, float share) => first + (second - first) * share;
}

/// <inheritdoc cref="CropAndResize"/>
/// <typeparam name="T">Element type of the image.</typeparam>
/// <param name="input">[batch, height, width, channels].</param>
/// <param name="boxes">[boxes, 4].</param>
/// <param name="images">[boxes]: number of the image in the batch.</param>
/// <param name="output">[boxes, rows, columns, channels].</param>
/// <param name="nearest">The nearest pixel; else bilinear.</param>
/// <param name="outside">Value of what lies outside the image.</param>
internal sealed class CropAndResize<T>(
    FlatBuffer<T> input, FlatBuffer<float> boxes, FlatBuffer<int> images, FlatBuffer<float> output, bool nearest, float outside) : Layer
    where T : unmanaged, INumberBase<T>
{
    public override void Run(Workspace workspace) => CropAndResize.Run<T>(
        workspace.Elements(input), input.Shape, workspace.Elements(boxes), workspace.Elements(images), nearest, outside,
        workspace.Elements(output), output.Shape[1], output.Shape[2]);
}
