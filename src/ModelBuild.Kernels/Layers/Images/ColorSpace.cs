using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Conversions of pixels between {red, green, blue} and {hue, saturation, value}; hue 0..1 goes once around.</summary>
internal static class ColorSpace
{
    /// <summary>Hue, saturation and value of each pixel.</summary>
    /// <param name="source">[pixels][3].</param>
    /// <param name="destination">[pixels][3].</param>
    public static void RgbToHsv<T>(ReadOnlySpan<T> source, Span<T> destination) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i + 2 < source.Length; i += 3)
        {
            (T red, T green, T blue) = (source[i], source[i + 1], source[i + 2]);
            T value = T.Max(T.Max(red, green), blue);
            T range = value - T.Min(T.Min(red, green), blue);
            destination[i] = range > T.Zero ? Hue(red, green, blue, value, range) / T.CreateTruncating(6) : T.Zero;
            destination[i + 1] = value > T.Zero ? range / value : T.Zero;
            destination[i + 2] = value;
        }
    }

    /// <summary>Red, green and blue of each pixel.</summary>
    /// <param name="source">[pixels][3].</param>
    /// <param name="destination">[pixels][3].</param>
    public static void HsvToRgb<T>(ReadOnlySpan<T> source, Span<T> destination) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T one = T.One;
        T two = T.CreateTruncating(2);
        for (int i = 0; i + 2 < source.Length; i += 3)
        {
            T hue = source[i] * T.CreateTruncating(6);
            (T saturation, T value) = (source[i + 1], source[i + 2]);
            T red = T.Clamp(T.Abs(hue - T.CreateTruncating(3)) - one, T.Zero, one);
            T green = T.Clamp(two - T.Abs(hue - two), T.Zero, one);
            T blue = T.Clamp(two - T.Abs(hue - T.CreateTruncating(4)), T.Zero, one);
            destination[i] = (one - saturation + saturation * red) * value;
            destination[i + 1] = (one - saturation + saturation * green) * value;
            destination[i + 2] = (one - saturation + saturation * blue) * value;
        }
    }

    /// <summary>Hue in sixths of the circle, 0 (included) to 6.</summary>
    public static T Hue<T>(T red, T green, T blue, T value, T range) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T hue = red == value ? (green - blue) / range
            : green == value ? (blue - red) / range + T.CreateTruncating(2)
            : (red - green) / range + T.CreateTruncating(4);
        return hue < T.Zero ? hue + T.CreateTruncating(6) : hue;
    }
}
