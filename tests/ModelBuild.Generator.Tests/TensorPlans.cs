using System.Runtime.InteropServices;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Tests;

/// <summary>Plans of tensor layers: generic kinds, constants, ports of all element types.</summary>
internal static class TensorPlans
{
    /// <summary>Four words by their numbers; the mean of their rows in a table of five; which of the two means is the greater, and which are positive.</summary>
    public static readonly ModelPlan Words = new()
    {
        Source = "words.pb", Namespace = "Samples", ClassName = "Words", Access = "public", Resource = "ModelBuild.Words", BlobBytes = 44, ArenaBytes = 320,
        Labels = ["down", "up"],
        Inputs = [new("ids", "int", [1, 4], false, "0 to 4.")],
        Outputs = [new("best", "long", [1], false, ""), new("positive", "bool", [1, 2], false, "")],
        Buffers =
        [
            new("ids", "int", [1, 4], 0, null), new("rows", "float", [1, 4, 2], 64, null), new("means", "float", [1, 2], 128, null),
            new("best", "long", [1], 192, null), new("positive", "bool", [1, 2], 256, null),
        ],
        Constants =
        [
            new("table", new("float", [5, 2], 0, 40, "Raw")), new("zero", new("float", [], 40, 4, "Raw")), new("none", new("float", [0, 2], 44, 0, "Raw")),
        ],
        Layers =
        [
            Layer("CopyInput<int>", "ids", PlanRole.Entry, 0, ("output", "ids")),
            Layer("Gather<float,int>", "rows", PlanRole.Inner, 0, ("input", "table"), ("indices", "ids"), ("output", "rows"), ("axis", 0), ("batchDimensions", 0)),
            Layer("ReduceFloating<float>", "means", PlanRole.Inner, 0,
                ("input", "rows"), ("output", "means"), ("axes", new PlanValue.Integers([1])), ("function", new PlanValue.Text("Mean"))),
            Layer("Concat<float>", "unchanged", PlanRole.Inner, 0, ("input", "none"), ("output", "means"), ("axis", 0), ("position", 0)),
            Layer("Comparison<float>", "positive", PlanRole.Inner, 0,
                ("left", "means"), ("right", "zero"), ("output", "positive"), ("function", new PlanValue.Text("Greater"))),
            Layer("ArgReduce<float,long>", "best", PlanRole.Inner, 0, ("input", "means"), ("output", "best"), ("axis", 1), ("least", new PlanValue.Boolean(false))),
            Layer("CopyOutput<long>", "best", PlanRole.Exit, 0, ("input", "best")),
            Layer("CopyOutput<bool>", "positive", PlanRole.Exit, 1, ("input", "positive")),
        ],
    };

    /// <summary>The table of <see cref="Words"/>, a row a word, and a zero.</summary>
    public static readonly byte[] WordsWeights = MemoryMarshal.AsBytes<float>([-1, 1, -2, 2, 3, -3, 4, 4, 0, 0, 0]).ToArray();

    /// <summary>The element types that ports can have.</summary>
    public static readonly IReadOnlyList<string> PortTypes =
        ["bool", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "Half"];

    /// <summary>A single element of each type in and out again, the Half by way of a BFloat16; and nothing at all.</summary>
    public static readonly ModelPlan Types = new()
    {
        Source = "types.pb", Namespace = "Samples", ClassName = "Types", Access = "public", Resource = "", BlobBytes = 0, ArenaBytes = 64 * 14,
        Inputs = [.. PortTypes.Select(type => new PlanPort(type, type, [], false, "")), new("nothing", "float", [2, 0], false, "")],
        Outputs = [.. PortTypes.Select(type => new PlanPort(type + "/out", type, [], false, "")), new("nothing/out", "float", [2, 0], false, "")],
        Buffers =
        [
            .. PortTypes.Select((type, i) => new PlanBuffer(type, type, [], 64 * i, null)),
            new("brain", "BFloat16", [], 64 * 12, null), new("nothing", "float", [2, 0], 64 * 14, null),
        ],
        Layers =
        [
            .. PortTypes.Select((type, i) => Layer($"CopyInput<{type}>", type, PlanRole.Entry, i, ("output", type))),
            Layer("CopyInput<float>", "nothing", PlanRole.Entry, 12, ("output", "nothing")),
            Layer("Cast<Half,BFloat16>", "narrow", PlanRole.Inner, 0, ("input", "Half"), ("output", "brain")),
            Layer("Cast<BFloat16,Half>", "widen", PlanRole.Inner, 0, ("input", "brain"), ("output", "Half")),
            .. PortTypes.Select((type, i) => Layer($"CopyOutput<{type}>", type + "/out", PlanRole.Exit, i, ("input", type))),
            Layer("CopyOutput<float>", "nothing/out", PlanRole.Exit, 12, ("input", "nothing")),
        ],
    };

    /// <summary>The signs of four pixels of three channels, multiplied with two kernels as large as the image.</summary>
    public static readonly ModelPlan Signs = new()
    {
        Source = "signs.pb", Namespace = "Samples", ClassName = "Signs", Access = "public", Resource = "ModelBuild.Signs", BlobBytes = 24, ArenaBytes = 192,
        Inputs = [new("image", "float", [1, 2, 2, 3], false, "")],
        Outputs = [new("sums", "float", [1, 1, 1, 2], false, "")],
        Buffers =
        [
            new("image", "float", [1, 2, 2, 3], 0, null), new("signs", "byte", [12], 64, null), new("sums", "float", [1, 1, 1, 2], 128, null),
        ],
        Layers =
        [
            Layer("CopyInput<float>", "image", PlanRole.Entry, 0, ("output", "image")),
            Layer("PackSigns", "signs", PlanRole.Inner, 0,
                ("input", "image"), ("output", "signs"), ("thresholds", new PlanValue.Singles([0, 0, 1])), ("padTop", 0), ("padLeft", 0), ("pitch", 2)),
            Layer("ConvolutionBinary", "sums", PlanRole.Inner, 0,
                ("input", "signs"), ("output", "sums"), ("weights", new PlanValue.Tensor(new("sbyte", [2, 2, 2, 3], 0, 24, "Raw"))),
                ("scales", new PlanValue.Singles([1, 0.5f])), ("bias", new PlanValue.Singles([0, 10])),
                ("thresholds", new PlanValue.Singles([0, 0, 1])), ("amplitude", new PlanValue.Single(2)), ("height", 2), ("width", 2),
                ("kernelHeight", 2), ("kernelWidth", 2), ("strideHeight", 1), ("strideWidth", 1), ("dilationHeight", 1), ("dilationWidth", 1),
                ("padTop", 0), ("padLeft", 0), ("minimum", new PlanValue.Single(float.NegativeInfinity)), ("maximum", new PlanValue.Single(15))),
            Layer("CopyOutput<float>", "sums", PlanRole.Exit, 0, ("input", "sums")),
        ],
    };

    /// <summary>The kernels of <see cref="Signs"/>: all ones, and one that tells the upper pixels from the lower ones.</summary>
    public static readonly byte[] SignsWeights = [.. Enumerable.Repeat((byte)1, 18), .. Enumerable.Repeat(byte.MaxValue, 6)];

    /// <summary>A layer. Values: a buffer by name, an int, or any <see cref="PlanValue"/>.</summary>
    private static PlanLayer Layer(string kind, string name, PlanRole role, int port, params (string Name, object Value)[] parameters) =>
        new(kind, name, role, port, [.. parameters.Select(parameter => new PlanParameter(parameter.Name, Value(parameter.Value)))], "");

    private static PlanValue Value(object value) => value switch
    {
        string buffer => new PlanValue.Buffer(buffer),
        int number => new PlanValue.Integer(number),
        _ => (PlanValue)value,
    };
}
