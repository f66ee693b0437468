namespace ModelBuild.Kernels.Tests;

/// <summary>Moves pixels between plain NHWC arrays and images.</summary>
internal static class Images
{
    /// <summary>Fills <paramref name="bytes"/>, the bytes of <paramref name="image"/>, with noise, then its border, then its pixels.</summary>
    public static void Write(ImageBuffer image, Span<byte> bytes, byte[] pixels, Random noise)
    {
        noise.NextBytes(bytes);
        image.FillBorder(bytes);
        for (int i = 0; i < pixels.Length; i++) bytes[Index(image, i)] = pixels[i];
    }

    /// <summary>The pixels, NHWC.</summary>
    public static byte[] Read(ImageBuffer image, ReadOnlySpan<byte> bytes)
    {
        byte[] pixels = new byte[image.Height * image.Width * image.Channels];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = bytes[Index(image, i)];
        return pixels;
    }

    /// <summary>Asserts that everything outside the image has the border's value.</summary>
    public static void AssertBorder(ImageBuffer image, ReadOnlySpan<byte> bytes)
    {
        if (image.Border < 0) return;
        for (int i = 0; i < image.Quads * image.Size * 4; i++)
        {
            int pixel = i / 4 % image.Size - image.Origin;
            bool inside = pixel >= 0 && pixel % image.Pitch < image.Width && pixel / image.Pitch < image.Height;
            if (!inside && bytes[i] != image.Border) Assert.Fail($"Byte {i}, pixel {pixel} from the origin, is {bytes[i]}, not {image.Border}.");
        }
    }

    private static int Index(ImageBuffer image, int i)
    {
        int channel = i % image.Channels;
        int pixel = i / image.Channels;
        int inPlane = image.Origin + pixel / image.Width * image.Pitch + pixel % image.Width;
        return (channel / 4 * image.Size + inPlane) * 4 + channel % 4;
    }
}
