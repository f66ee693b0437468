using System.Collections.Immutable;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering.Operations;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>Inputs and outputs of a model: the layers that bring them in and out, and what callers see.</summary>
internal static class PortLowering
{
    /// <summary>Adds the exits of all outputs, behind all other layers.</summary>
    public static PlanPort[] Outputs(LoweringContext context, PlanHeader header, ModelGraph graph)
    {
        FlatDraft[] flats = [.. graph.Outputs.Select(output => Leaving(context, output))];
        return [.. graph.Outputs.Select((output, port) => Exit(context, header, (output, flats[port]), graph.OutputNames[port], port))];
    }

    /// <summary>Adds the entries of all inputs, in the forms that layers have asked for.</summary>
    public static PlanPort[] Inputs(LoweringContext context, PlanHeader header, ImmutableArray<Value> inputs)
    {
        List<LayerDraft> entries = [], conversions = [];
        PlanPort[] ports = new PlanPort[inputs.Length];
        for (int port = 0; port < inputs.Length; port++)
        {
            Value input = inputs[port];
            PixelInput? pixels = port == 0 && input.Type == DataType.Float32 ? header.Pixels : null;
            entries.Add(Entry(context, input, pixels, conversions) with { Port = port });
            string type = PlanTypes.Name(input.Type == DataType.BFloat16 ? DataType.Float32 : input.Type)!;
            ports[port] = new PlanPort(
                input.Name, type, input.Shape.ToImmutableArray(), pixels is not null, header.PortRemarks.GetValueOrDefault(input.Name, ""));
        }
        context.Prepend([.. entries, .. conversions]);
        return ports;
    }

    /// <summary>An output in a type that callers have.</summary>
    private static FlatDraft Leaving(LoweringContext context, Value output)
    {
        FlatDraft flat = context.Flat(output);
        if (flat.Type != DataType.BFloat16) return flat;
        FlatDraft wide = context.NewFlat($"{output.Name}/float", DataType.Float32, flat.Shape);
        context.Add(WideningLowering.CastLayer(flat, wide));
        return wide;
    }

    private static PlanPort Exit(LoweringContext context, PlanHeader header, (Value Value, FlatDraft Flat) output, string name, int port)
    {
        FlatDraft flat = output.Flat;
        string type = PlanTypes.Name(flat.Type)!;
        context.Add(new LayerDraft(type == "float" ? nameof(CopyOut) : Kinds.Of(nameof(CopyOutput<>), flat.Type), name, "output")
        {
            Role = PlanRole.Exit, Port = port, Arguments = [("input", flat)],
        });
        return new PlanPort(name, type, output.Value.Shape.ToImmutableArray(), false, header.PortRemarks.GetValueOrDefault(name, ""));
    }

    private static LayerDraft Entry(LoweringContext context, Value input, PixelInput? pixels, List<LayerDraft> conversions)
    {
        (FlatDraft? flat, ImageDraft? image) = context.Forms(input);
        if (image is not null && flat is null) return QuantizeImage(context, input, image, pixels);
        flat ??= context.NewFlat(input);
        // Quantised from the floats, which others need as they are.
        if (image is not null) conversions.Add(context.QuantizeLayer(input, flat, image));
        if (input.Type == DataType.BFloat16)
        {
            FlatDraft wide = context.NewFlat($"{input.Name}/float", DataType.Float32, flat.Shape);
            conversions.Add(WideningLowering.CastLayer(wide, flat));
            flat = wide;
        }
        if (pixels is null) return Layer(Kinds.Of(nameof(CopyInput<>), flat.Type), input, "input", ("output", flat));
        return Layer(
            nameof(CopyIn), input, "input",
            ("output", flat), ("pixelScale", pixels.Scale), ("pixelOffset", pixels.Offset), ("pixelOrder", pixels.Order));
    }

    private static LayerDraft QuantizeImage(LoweringContext context, Value input, ImageDraft image, PixelInput? pixels) => Layer(
        nameof(Kernels.QuantizeImage), input, "quantises the input",
        ("output", image), ("scale", context.Quantization(input).Scale), ("zeroPoint", context.Quantization(input).ZeroPoint),
        ("offset", context.Quantization(input).Offset),
        ("pixelScale", pixels?.Scale ?? []), ("pixelOffset", pixels?.Offset ?? []), ("pixelOrder", pixels?.Order ?? []));

    private static LayerDraft Layer(string kind, Value input, string remarks, params (string, object)[] arguments) =>
        new(kind, input.Name, remarks) { Role = PlanRole.Entry, Arguments = arguments };
}
