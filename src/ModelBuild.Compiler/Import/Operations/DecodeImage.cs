using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports the decoders of picture files, each of which takes the formats of the others too.</summary>
internal static class DecodeImageImport
{
    public static Value Jpeg(ImportContext context) => FileDecoding.Add(context, context.Name, OfJpeg(context))[0];

    /// <summary>DecodeAndCropJpeg: file, window (row, column, height, width).</summary>
    public static Value CroppedJpeg(ImportContext context)
    {
        Value whole = FileDecoding.Add(context, $"{context.Name}/whole", OfJpeg(context))[0];
        Value start = context.AddStep("start", new Gather(0, 0), context[1], context.Constant(0, 1));
        Value extent = context.AddStep("extent", new Gather(0, 0), context[1], context.Constant(2, 3));
        Value begin = context.AddStep("begin", new Concat(0), start, context.Constant(0));
        Value size = context.AddStep("size", new Concat(0), extent, context.Constant(-1));
        return context.Add(new Slice(), whole, begin, size);
    }

    public static Value Png(ImportContext context) => Import(context, context.Attributes.Type("dtype", DataType.UInt8), FrameMode.One);

    public static Value Bmp(ImportContext context) => Import(context, DataType.UInt8, FrameMode.One);

    public static Value Gif(ImportContext context) =>
        FileDecoding.Add(context, context.Name, new DecodeImage(3, DataType.UInt8, FrameMode.All))[0];

    public static Value Any(ImportContext context) => Import(
        context, context.Attributes.Type("dtype", DataType.UInt8),
        context.Attributes.Boolean("expand_animations", true) ? FrameMode.AsStored : FrameMode.First);

    private static DecodeImage OfJpeg(ImportContext context)
    {
        int ratio = context.Attributes.Integer("ratio", 1);
        if (ratio != 1) throw context.Unsupported($"decoding a JPEG at 1/{ratio} of its size is not supported; decode it whole and resize it.");
        // How chroma is scaled up and the cosine transform computed changes values by a step or two; damaged files are errors.
        context.Attributes.Ignore("fancy_upscaling", "try_recover_truncated", "acceptable_fraction", "dct_method");
        return Of(context, DataType.UInt8, FrameMode.One);
    }

    private static Value Import(ImportContext context, DataType type, FrameMode frames) =>
        FileDecoding.Add(context, context.Name, Of(context, type, frames))[0];

    private static DecodeImage Of(ImportContext context, DataType type, FrameMode frames)
    {
        int channels = context.Attributes.Integer("channels", 0);
        if (channels is not (0 or 1 or 3 or 4)) throw context.Unsupported($"a picture cannot have {channels} channels.");
        if (type is not (DataType.UInt8 or DataType.UInt16 or DataType.Float32)) throw context.Unsupported($"pixels cannot be {type}.");
        return new DecodeImage(channels, type, frames);
    }
}
