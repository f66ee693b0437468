using CsCheck;

namespace ModelBuild.Plan.Tests;

/// <summary>Random plans that use every record and value type, with texts full of quotes, backslashes and line ends.</summary>
internal static class Plans
{
    private static readonly Gen<string> Text = Gen.String[Gen.OneOf(Gen.Char["abc/\\\"\n\r @$[]=,.ığü中"], Gen.Char), 0, 12];
    private static readonly Gen<string> Word = Gen.Select(Gen.Char["abXY_"], Gen.String[Gen.Char["abcXYZ019_"], 0, 7]).Select((first, rest) => first + rest);
    private static readonly Gen<IReadOnlyList<int>> Shape = Gen.Int[1, 9].List[0, 4].Select(list => (IReadOnlyList<int>)list);
    private static readonly Gen<string> Name = Gen.OneOf(Text, Gen.String[Gen.Char["ab/_"], 1, 3]);
    private static readonly Gen<int> Size = Gen.Int[0, int.MaxValue];
    private static readonly Gen<float> Single = Gen.Float.Where(value => !float.IsNaN(value));

    // Small ones, too, which may lie one after the other, and few types and codings, so that tensors have something in common.
    private static readonly Gen<PlanTensor> Tensor = Gen.Select(
        Gen.OneOf(Word, Gen.Const("sbyte")), Shape, Gen.OneOf(Size, Gen.Int[0, 2]), Gen.OneOf(Size, Gen.Int[0, 2]), Gen.OneOf(Word, Gen.Const("Raw")))
        .Select((type, shape, offset, bytes, coding) => new PlanTensor(type, shape, offset, bytes, coding));

    private static readonly Gen<PlanValue> Value = Gen.OneOf<PlanValue>(
        Gen.Int.Select(v => (PlanValue)new PlanValue.Integer(v)),
        Single.Select(v => (PlanValue)new PlanValue.Single(v)),
        Gen.Bool.Select(v => (PlanValue)new PlanValue.Boolean(v)),
        Text.Select(v => (PlanValue)new PlanValue.Text(v)),
        Gen.Int.List[0, 5].Select(v => (PlanValue)new PlanValue.Integers(v)),
        Single.List[0, 5].Select(v => (PlanValue)new PlanValue.Singles(v)),
        Name.Select(v => (PlanValue)new PlanValue.Buffer(v)),
        Tensor.Select(v => (PlanValue)new PlanValue.Tensor(v)));

    private static readonly Gen<PlanPort> Port =
        Gen.Select(Text, Word, Shape, Gen.Bool, Text).Select((name, type, shape, pixels, remarks) => new PlanPort(name, type, shape, pixels, remarks));

    private static readonly Gen<PlanGeometry> Geometry = Gen.Select(
        Gen.Int, Gen.Int, Gen.Int, Gen.Int[-1, 255], Gen.OneOf(Gen.Const((PlanQuantization?)null), Gen.Select(Single, Gen.Int).Select((s, z) => (PlanQuantization?)new PlanQuantization(s, z))))
        .Select((pitch, origin, size, border, quantization) => new PlanGeometry(pitch, origin, size, border, quantization));

    private static readonly Gen<PlanBuffer> Buffer = Gen.OneOf(
        Gen.Select(Name, Word, Shape, Size).Select((name, type, shape, offset) => new PlanBuffer(name, type, shape, offset, null)),
        Gen.Select(Name, Gen.Int[1, 9].Array[3], Size, Geometry).Select((name, shape, offset, geometry) => new PlanBuffer(name, "byte", [1, .. shape], offset, geometry)));

    private static readonly Gen<PlanConstant> Constant = Gen.Select(Name, Tensor).Select((name, tensor) => new PlanConstant(name, tensor));

    private static readonly Gen<string> Kind = Gen.OneOf(
        Gen.Const("SoftmaxInt8"), Gen.Const("CopyOut"), Gen.Const("Gather<float,int>"), Word.Select(word => "K" + word));

    // The names of a few kinds, with these or any other parameters, and kinds that have several layers with the same ones.
    private static readonly Gen<IReadOnlyList<string>> Parameters = Gen.OneOf(
        Gen.Const<IReadOnlyList<string>>(["input", "output", "scale"]), Gen.Const<IReadOnlyList<string>>(["input"]), Word.List[0, 5].Select(names => (IReadOnlyList<string>)names));

    private static readonly Gen<PlanLayer> Layer =
        from kind in Kind
        from name in Name
        from role in Gen.Enum<PlanRole>()
        from port in Gen.Int[0, 9]
        from names in Parameters
        from values in Value.Array[names.Count]
        from remarks in Gen.OneOf(Text, Gen.Const("softmax"), Gen.Const(""))
        select new PlanLayer(kind, name, role, role == PlanRole.Inner ? 0 : port, [.. names.Zip(values, (parameter, value) => new PlanParameter(parameter, value))], remarks);

    /// <summary>Any plan with distinct names.</summary>
    public static readonly Gen<ModelPlan> Any = Gen.Select(
        Gen.Select(Text.Where(text => text.Length > 0), Word, Text, Word, Text),
        Gen.Select(Size, Size, Text.List[0, 3], Text.List[0, 3], Gen.Int[1, 9]),
        Gen.Select(Port.List[0, 3], Port.List[0, 3], Buffer.List[0, 4], Constant.List[0, 3], Layer.List[0, 6]))
        .Select((head, sizes, body) => new ModelPlan
        {
            Source = head.Item1, ClassName = head.Item2, Namespace = head.Item3, Access = head.Item4, Resource = head.Item5,
            BlobBytes = sizes.Item1, ArenaBytes = sizes.Item2, Remarks = sizes.Item3, Labels = sizes.Item4, Parallelism = sizes.Item5,
            Inputs = body.Item1, Outputs = body.Item2,
            Buffers = [.. body.Item3.DistinctBy(buffer => buffer.Name)],
            Constants = [.. body.Item4.DistinctBy(constant => constant.Name).Where(constant => body.Item3.All(buffer => buffer.Name != constant.Name))],
            Layers = body.Item5,
        });

    /// <summary>A small plan with one of everything.</summary>
    public static readonly ModelPlan Sample = new()
    {
        Source = "small.pb", ClassName = "Small", Namespace = "A.B", Access = "public", Resource = "ModelBuild.Small",
        BlobBytes = 16, ArenaBytes = 128, Remarks = ["Says \"hello\"."], Labels = ["no", "yes"],
        Inputs = [new("image", "float", [1, 2, 2, 1], true, "0 to 1.")],
        Outputs = [new("probs", "float", [1, 2], false, "Sum to 1.")],
        Constants = [new("table", new("float", [2], 8, 8, "Raw"))],
        Buffers = [new("image", "byte", [1, 2, 2, 1], 0, new(3, 0, 8, -1, new(0.5f, 7))), new("probs", "float", [1, 2], 64, null)],
        Layers =
        [
            new("QuantizeImage", "image", PlanRole.Entry, 0, [new("output", new PlanValue.Buffer("image")), new("scale", new PlanValue.Single(0.5f))], "u8"),
            Twice("first", new PlanValue.Buffer("image"), 0, 0.25f), Twice("probs", new PlanValue.Buffer("probs"), 8, 1e-7f),
            new("SoftmaxInt8", "softmax", PlanRole.Inner, 0,
                [new("input", new PlanValue.Buffer("probs")), new("output", new PlanValue.Buffer("probs")), new("scale", new PlanValue.Single(0.125f))], "softmax"),
        ],
    };

    private static PlanLayer Twice(string name, PlanValue output, int offset, float multiplier) => new("Twice", name, PlanRole.Inner, 0,
    [
        new("output", output), new("weights", new PlanValue.Tensor(new("sbyte", [2, 4], offset, 8, "Raw"))),
        new("multipliers", new PlanValue.Singles([multiplier, 1])), new("groups", new PlanValue.Integer(1)),
    ], "doubles");
}
