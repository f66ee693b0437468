using System;

namespace ModelBuild.Kernels;

/// <summary>What layers ask of their buffers; violations are mistakes of the plan, found when a model is constructed.</summary>
internal static class BufferChecks
{
    /// <summary>Both images have the same pixels and channels.</summary>
    public static void SameShape(ImageBuffer left, ImageBuffer right) =>
        Require(left.Height == right.Height && left.Width == right.Width && left.Channels == right.Channels, "images differ in shape");

    /// <summary>Both images have the same shape and the same places for the same pixels, so that a kernel may run over all bytes.</summary>
    public static void SameGeometry(ImageBuffer left, ImageBuffer right)
    {
        SameShape(left, right);
        Require(left.Pitch == right.Pitch && left.Origin == right.Origin && left.Size == right.Size, "images differ in geometry");
    }

    /// <summary>The image holds as many elements as the array.</summary>
    public static void SameLength<T>(ImageBuffer image, FlatBuffer<T> array) =>
        Require(image.Height * image.Width * image.Channels == array.Length, "image and array differ in length");

    /// <summary>The array is one image, [1, height, width, channels].</summary>
    public static void Image(FlatBuffer<float> array) =>
        Require(array.Shape.Length == 4 && array.Shape[0] == 1, "array is not [1, height, width, channels]");

    /// <summary>The image is one pixel in the plain layout.</summary>
    public static void OnePixel(ImageBuffer image) =>
        Require(image is { Height: 1, Width: 1, Size: 1, Origin: 0 }, "image is not a vector of channels");

    /// <summary>Throws with <paramref name="violation"/> unless <paramref name="condition"/> holds.</summary>
    public static void Require(bool condition, string violation)
    {
        if (!condition) throw new ArgumentException("Inconsistent plan: " + violation + ".");
    }
}
