namespace ModelBuild.Plan;

/// <summary>
/// Signatures of the kinds that most networks have, so that small plans do not consist of parameters' names. They are a part of
/// the format: another one here is another <see cref="PlanWriter.Header"/>. Layers whose parameters are others get a kind line, as
/// those of all other kinds do.
/// </summary>
internal static class PlanSignatures
{
    private static readonly string[] Lines =
    [
        "ConvolutionInt8 input=< output=> weights bias multipliers kernelHeight kernelWidth strideHeight=1 strideWidth=1 dilationHeight=1 dilationWidth=1"
            + " padTop padLeft groups=1 channels inputZeroPoint outputZeroPoint minimum=0 maximum=255",
        "DepthwiseInt8 input=< output=> weights bias multipliers kernelHeight kernelWidth strideHeight=1 strideWidth=1 dilationHeight=1 dilationWidth=1"
            + " padTop padLeft channels inputZeroPoint outputZeroPoint minimum=0 maximum=255",
        "DenseInt8 input=< output=> weights bias multipliers inputZeroPoint outputZeroPoint minimum=0 maximum=255 # fully connected",
        "AddInt8 left right=< output=> leftMultiplier rightMultiplier leftZeroPoint rightZeroPoint outputZeroPoint minimum=0 maximum=255 # add",
        "ScaleChannelsInt8 input scale=< output=> multiplier inputZeroPoint scaleZeroPoint outputZeroPoint minimum=0 maximum=255",
        "LookupInt8 input=< output=> table",
        "MaxPoolInt8 input=< output=> windowHeight windowWidth strideHeight strideWidth padTop=0 padLeft=0",
        "GlobalAveragePoolInt8 input=< output=> multiplier inputZeroPoint outputZeroPoint # global average pool",
        "SplitPhases input=< output=> strideHeight=2 strideWidth=2 padTop=0 padLeft=0 # 2x2 phases",
        "QuantizeImage output=> scale zeroPoint offset=0f pixelScale pixelOffset pixelOrder # quantises the input",
        "SoftmaxInt8 input=< output=> scale # softmax",
        "CopyOut input=< # output",
    ];

    private static readonly Dictionary<string, PlanSignature> Known =
        Lines.Select(line => new PlanLineReader(line, 0)).ToDictionary(line => line.Token().Text, line => PlanSignature.Read(line.Tokens(), line.Remark() ?? ""));

    /// <summary>The kinds.</summary>
    public static IEnumerable<string> Kinds => Known.Keys;

    /// <summary>The signature of a kind; null for one that needs a kind line.</summary>
    public static PlanSignature? Find(string kind) => Known.TryGetValue(kind, out PlanSignature? signature) ? signature : null;
}
