using CsCheck;

namespace ModelBuild.Plan.Tests;

/// <summary>Random plans that use every record and value type, with texts full of quotes, backslashes and line ends.</summary>
internal static class Plans
{
    private static readonly Gen<string> Text = Gen.String[Gen.OneOf(Gen.Char["abc/\\\"\n\r @$[]=,.ığü中"], Gen.Char), 0, 12];
    private static readonly Gen<string> Word = Gen.String[Gen.Char["abcXYZ019_"], 1, 8];
    private static readonly Gen<IReadOnlyList<int>> Shape = Gen.Int[1, 9].List[0, 4].Select(list => (IReadOnlyList<int>)list);
    private static readonly Gen<int> Size = Gen.Int[0, int.MaxValue];
    private static readonly Gen<float> Single = Gen.Float.Where(value => !float.IsNaN(value));

    private static readonly Gen<PlanValue> Value = Gen.OneOf<PlanValue>(
        Gen.Int.Select(v => (PlanValue)new PlanValue.Integer(v)),
        Single.Select(v => (PlanValue)new PlanValue.Single(v)),
        Gen.Bool.Select(v => (PlanValue)new PlanValue.Boolean(v)),
        Text.Select(v => (PlanValue)new PlanValue.Text(v)),
        Gen.Int.List[0, 5].Select(v => (PlanValue)new PlanValue.Integers(v)),
        Single.List[0, 5].Select(v => (PlanValue)new PlanValue.Singles(v)),
        Text.Select(v => (PlanValue)new PlanValue.Buffer(v)),
        Text.Select(v => (PlanValue)new PlanValue.Tensor(v)));

    private static readonly Gen<PlanPort> Port =
        Gen.Select(Text, Word, Shape, Gen.Bool, Text).Select((name, type, shape, pixels, remarks) => new PlanPort(name, type, shape, pixels, remarks));

    private static readonly Gen<PlanTensor> Tensor =
        Gen.Select(Text, Word, Shape, Size, Size, Text).Select((name, type, shape, offset, bytes, coding) => new PlanTensor(name, type, shape, offset, bytes, coding));

    private static readonly Gen<PlanGeometry?> Geometry = Gen.OneOf(
        Gen.Const((PlanGeometry?)null),
        Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Int).Select((pitch, origin, size, border) => (PlanGeometry?)new PlanGeometry(pitch, origin, size, border)));

    private static readonly Gen<PlanBuffer> Buffer =
        Gen.Select(Text, Word, Shape, Size, Geometry, Text).Select((name, type, shape, offset, geometry, remarks) => new PlanBuffer(name, type, shape, offset, geometry, remarks));

    private static readonly Gen<PlanConstant> Constant =
        Gen.Select(Text, Text, Text).Select((name, tensor, remarks) => new PlanConstant(name, tensor, remarks));

    private static readonly Gen<PlanLayer> Layer =
        Gen.Select(Word, Text, Gen.Enum<PlanRole>(), Gen.Int[0, 9], Gen.Select(Word, Value).Select((name, value) => new PlanParameter(name, value)).List[0, 5], Text)
            .Select((kind, name, role, port, parameters, remarks) => new PlanLayer(kind, name, role, role == PlanRole.Inner ? 0 : port, parameters, remarks));

    /// <summary>Any plan with distinct names.</summary>
    public static readonly Gen<ModelPlan> Any = Gen.Select(
        Gen.Select(Text.Where(text => text.Length > 0), Word, Text, Word, Text),
        Gen.Select(Size, Size, Text.List[0, 3], Text.List[0, 3], Gen.Int[1, 9]),
        Gen.Select(Port.List[0, 3], Port.List[0, 3], Buffer.List[0, 4], Tensor.List[0, 4], Constant.List[0, 3], Layer.List[0, 4]))
        .Select((head, sizes, body) => new ModelPlan
        {
            Source = head.Item1, ClassName = head.Item2, Namespace = head.Item3, Access = head.Item4, Resource = head.Item5,
            BlobBytes = sizes.Item1, ArenaBytes = sizes.Item2, Remarks = sizes.Item3, Labels = sizes.Item4, Parallelism = sizes.Item5,
            Inputs = body.Item1, Outputs = body.Item2,
            Buffers = [.. body.Item3.DistinctBy(buffer => buffer.Name)], Tensors = [.. body.Item4.DistinctBy(tensor => tensor.Name)],
            Constants = [.. body.Item5.DistinctBy(constant => constant.Name).Where(constant => body.Item3.All(buffer => buffer.Name != constant.Name))],
            Layers = body.Item6,
        });

    /// <summary>A small plan with one of everything.</summary>
    public static readonly ModelPlan Sample = new()
    {
        Source = "small.pb", ClassName = "Small", Namespace = "A.B", Access = "public", Resource = "ModelBuild.Small",
        BlobBytes = 16, ArenaBytes = 128, Remarks = ["Says \"hello\"."], Labels = ["no", "yes"],
        Inputs = [new("image", "float", [1, 2, 2, 1], true, "0 to 1.")],
        Outputs = [new("probs", "float", [1, 2], false, "Sum to 1.")],
        Constants = [new("table", "w", "")],
        Tensors = [new("w", "sbyte", [2, 4], 0, 8, "Raw")],
        Buffers = [new("image", "byte", [1, 2, 2, 1], 0, new(3, 0, 8, -1), "scale 0.5"), new("probs", "float", [1, 2], 64, null, "")],
        Layers =
        [
            new("QuantizeImage", "image", PlanRole.Entry, 0, [new("output", new PlanValue.Buffer("image")), new("scale", new PlanValue.Single(0.5f))], "u8"),
            new("DenseInt8", "dense", PlanRole.Inner, 0, [new("weights", new PlanValue.Tensor("w")), new("multipliers", new PlanValue.Singles([0.25f, 1e-7f]))], ""),
        ],
    };
}
