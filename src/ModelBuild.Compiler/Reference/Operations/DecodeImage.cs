using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Media;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="DecodeImage"/>.</summary>
internal static class DecodeImageReference
{
    public static Tensor Run(DecodeImage decode, IReadOnlyList<Tensor> inputs)
    {
        byte[] file = inputs[0].Elements<byte[]>()[0];
        Raster raster = PictureFile.Decode(file, decode.Channels);
        bool keepsFrames = decode.Frames == FrameMode.All || (decode.Frames == FrameMode.AsStored && PictureFile.MayBeAnimated(file));
        if (decode.Frames == FrameMode.One && raster.Frames != 1) throw Raster.Damaged($"it is an animation of {raster.Frames} frames");
        int[] picture = [raster.Height, raster.Width, raster.Channels];
        ReadOnlyMemory<ushort> samples = keepsFrames ? raster.Samples : raster.Samples.AsMemory(0, Inference.Product(picture));
        int[] shape = keepsFrames ? [raster.Frames, .. picture] : picture;
        return decode.Type switch
        {
            DataType.UInt8 => Tensors.Fill<byte>(
                decode.Type, shape, elements => Fill(samples.Span, elements, sample => (byte)(sample >> (raster.Bits - 8)))),
            DataType.UInt16 => Tensors.Fill<ushort>(
                decode.Type, shape, elements => Fill(samples.Span, elements, sample => Wide(raster, sample, file))),
            _ => Tensors.Floats(shape, elements => Fill(samples.Span, elements, sample => sample / (float)((1 << raster.Bits) - 1))),
        };
    }

    private static void Fill<T>(ReadOnlySpan<ushort> samples, T[] elements, Func<ushort, T> convert)
    {
        for (int i = 0; i < elements.Length; i++) elements[i] = convert(samples[i]);
    }

    /// <summary>16 bits: of 8 in a PNG so that the greatest value stays the greatest, as libpng has it, in other files times 256.</summary>
    private static ushort Wide(Raster raster, ushort sample, ReadOnlySpan<byte> file) =>
        raster.Bits == 16 ? sample : (ushort)(file.StartsWith(PngFile.Signature) ? sample * 257 : sample * 256);
}
