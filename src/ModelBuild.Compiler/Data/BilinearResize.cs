namespace ModelBuild.Compiler.Data;

/// <summary>
/// Resizes pictures bilinearly with half-pixel centres: pixel x of the result looks at (x + 0.5) * from / to - 0.5, and what lies
/// outside is as the edge. So does TensorFlow's <c>tf.image.resize</c> by default: without antialiasing when it shrinks. Results
/// are rounded to bytes.
/// </summary>
internal static class BilinearResize
{
    /// <param name="picture">Any size of at least one pixel.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Pixels in a row of it.</param>
    public static Picture Run(Picture picture, int height, int width)
    {
        if (picture.Height == height && picture.Width == width) return picture;
        Tap[] rows = Taps(picture.Height, height), columns = Taps(picture.Width, width);
        int channels = picture.Channels, pitch = picture.Width * channels;
        byte[] pixels = new byte[height * width * channels];
        int at = 0;
        foreach (Tap row in rows)
        {
            ReadOnlySpan<byte> above = picture.Pixels.AsSpan(row.Before * pitch, pitch);
            ReadOnlySpan<byte> below = picture.Pixels.AsSpan(row.After * pitch, pitch);
            foreach (Tap column in columns)
                for (int channel = 0; channel < channels; channel++)
                {
                    int left = column.Before * channels + channel, right = column.After * channels + channel;
                    double upper = Mix(above[left], above[right], column.Fraction), lower = Mix(below[left], below[right], column.Fraction);
                    pixels[at++] = (byte)Math.Round(Mix(upper, lower, row.Fraction));
                }
        }
        return new Picture(height, width, channels, pixels);
    }

    private static double Mix(double first, double second, double fraction) => first + (second - first) * fraction;

    private static Tap[] Taps(int from, int to)
    {
        Tap[] taps = new Tap[to];
        for (int i = 0; i < to; i++)
        {
            double position = Math.Clamp((i + 0.5) * from / to - 0.5, 0, from - 1);
            int before = (int)position;
            taps[i] = new Tap(before, Math.Min(before + 1, from - 1), position - before);
        }
        return taps;
    }

    /// <summary>Two neighbours, and how much of the second to take.</summary>
    private readonly record struct Tap(int Before, int After, double Fraction);
}
