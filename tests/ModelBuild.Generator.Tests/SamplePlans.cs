using ModelBuild.Plan;

namespace ModelBuild.Generator.Tests;

/// <summary>Plans written by hand, small enough to be read beside what is generated from them.</summary>
internal static class SamplePlans
{
    private static readonly PlanValue.Singles NoSingles = new([]);

    /// <summary>A classifier: four pixels, quantised; one dense layer; softmax. Labels and bytes are taken.</summary>
    public static readonly ModelPlan Tiny = new()
    {
        Source = "tiny.pb", Namespace = "Samples", ClassName = "Tiny", Access = "public", Resource = "ModelBuild.Tiny", BlobBytes = 24, ArenaBytes = 192,
        Remarks = ["0.2 KB -> 0.1 KB (2.0x), int8."],
        Labels = ["left", "right", "\"both\""],
        Inputs = [new("image", "float", [1, 1, 1, 4], true, "0 to 1.")],
        Outputs = [new("probs", "float", [1, 3], false, "Sum to 1.")],
        Buffers =
        [
            new("image", "byte", [1, 1, 1, 4], 0, new(1, 0, 1, -1, new(0.00392f, 0))),
            new("logits", "byte", [1, 1, 1, 3], 64, new(1, 0, 1, -1, new(0.05f, 128))),
            new("probs", "float", [1, 3], 128, null),
        ],
        Layers =
        [
            new("QuantizeImage", "image", PlanRole.Entry, 0,
            [
                new("output", new PlanValue.Buffer("image")), new("scale", new PlanValue.Single(1f / 255)), new("zeroPoint", new PlanValue.Integer(0)), new("offset", new PlanValue.Single(0)),
                new("pixelScale", new PlanValue.Singles([1f / 255])), new("pixelOffset", new PlanValue.Singles([0])), new("pixelOrder", new PlanValue.Integers([])),
            ], "quantises"),
            new("DenseInt8", "model/logits/MatMul", PlanRole.Inner, 0,
            [
                new("input", new PlanValue.Buffer("image")), new("output", new PlanValue.Buffer("logits")),
                new("weights", new PlanValue.Tensor(new("sbyte", [3, 4], 0, 12, "Raw"))), new("bias", new PlanValue.Tensor(new("int", [3], 12, 12, "Raw"))),
                new("multipliers", new PlanValue.Singles([1 / 900f, 1 / 900f, 1 / 900f])),
                new("inputZeroPoint", new PlanValue.Integer(0)), new("outputZeroPoint", new PlanValue.Integer(128)),
                new("minimum", new PlanValue.Integer(0)), new("maximum", new PlanValue.Integer(255)),
            ], "fully connected"),
            new("SoftmaxInt8", "probs", PlanRole.Inner, 0,
                [new("input", new PlanValue.Buffer("logits")), new("output", new PlanValue.Buffer("probs")), new("scale", new PlanValue.Single(0.05f))], "softmax"),
            new("CopyOut", "probs", PlanRole.Exit, 0, [new("input", new PlanValue.Buffer("probs"))], "output"),
        ],
    };

    /// <summary>The weights of <see cref="Tiny"/>: one row for the left pair, one for the right, one for all; and no bias.</summary>
    public static readonly byte[] TinyWeights = [127, 127, 0, 0, 0, 0, 127, 127, 20, 20, 20, 20, .. new byte[12]];

    /// <summary>Two inputs, of which one takes bytes, go out again as two outputs; every name is a trap.</summary>
    public static readonly ModelPlan Names = new()
    {
        Source = "a <b> & \"c\".pb", Namespace = "", ClassName = "names", Access = "internal", Resource = "", BlobBytes = 0, ArenaBytes = 256,
        Remarks = ["Says <nothing> & more.\nOn two lines."],
        Inputs =
        [
            new("class", "float", [1, 2, 1, 2], true, "Range < 1 & > 0.\nSecond line."),
            new("2d/größe:1", "float", [4], false, ""),
        ],
        Outputs = [new("Class", "float", [4], false, ""), new("memory", "float", [1, 2, 1, 2], false, "")],
        Buffers = [new("class", "float", [1, 2, 1, 2], 0, null), new("Class", "float", [4], 64, null)],
        Layers =
        [
            new("CopyIn", "class", PlanRole.Entry, 0, CopyIn("class", 0.5f), "line\none"),
            new("CopyIn", "Class", PlanRole.Entry, 1, CopyIn("Class"), ""),
            new("CopyOut", "class/", PlanRole.Exit, 1, [new("input", new PlanValue.Buffer("class"))], ""),
            new("CopyOut", "memory", PlanRole.Exit, 0, [new("input", new PlanValue.Buffer("Class"))], ""),
        ],
    };

    /// <summary>The same plan for another class.</summary>
    public static ModelPlan Named(this ModelPlan plan, string space, string name) => plan with { Namespace = space, ClassName = name };

    private static PlanParameter[] CopyIn(string output, params float[] scale) =>
    [
        new("output", new PlanValue.Buffer(output)), new("pixelScale", new PlanValue.Singles(scale)),
        new("pixelOffset", scale.Length == 0 ? NoSingles : new PlanValue.Singles([1])), new("pixelOrder", new PlanValue.Integers([])),
    ];
}
