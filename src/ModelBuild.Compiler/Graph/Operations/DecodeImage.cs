namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>What becomes of the frames of an animation.</summary>
public enum FrameMode
{
    /// <summary>Only a file of one picture is decoded: [h,w,c].</summary>
    One,

    /// <summary>The first frame: [h,w,c].</summary>
    First,

    /// <summary>All frames: [frames,h,w,c].</summary>
    All,

    /// <summary>All frames of a format that may be animated (GIF), [frames,h,w,c]; of others the picture, [h,w,c].</summary>
    AsStored,
}

/// <summary>Decoding of a picture file (PNG, JPEG, BMP, GIF): bytes (a string) -> pixels.</summary>
/// <param name="Channels">1, 3 or 4; 0 for as many as the file has.</param>
/// <param name="Type">uint8, uint16, or float32 for 0..1.</param>
/// <param name="Frames">Of animations.</param>
public sealed record DecodeImage(int Channels, DataType Type, FrameMode Frames) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        Inference.Require(inputs[0].Type == DataType.String, $"a picture file cannot be {inputs[0].Type}.");
        Inference.RequireRank(inputs[0], 0, "the picture file");
        int channels = Channels == 0 ? Shape.Unknown : Channels;
        return [(Type, Frames switch
        {
            FrameMode.All => Shape.Of(Shape.Unknown, Shape.Unknown, Shape.Unknown, channels),
            FrameMode.AsStored => Shape.UnknownRank,
            _ => Shape.Of(Shape.Unknown, Shape.Unknown, channels),
        })];
    }
}
