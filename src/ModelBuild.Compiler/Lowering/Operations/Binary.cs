using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;
using Binary = ModelBuild.Compiler.Graph.Operations.Binary;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Binary"/>.</summary>
internal static class BinaryLowering
{
    public static void Lower(LoweringContext context, Node node, Binary binary)
    {
        string remarks = Phrases.Join(Phrases.Words(binary.Function.ToString()), binary.Clamp.ToString());
        if (LookupTables.TryLower(context, node, remarks)) return;
        if (context.AreImages(node.Inputs[0], node.Inputs[1], node.Output) && TryInt8(context, node, binary, remarks)) return;
        if (!Int16Convolution.TryAdd(context, node, binary, remarks)) LowerFlat(context, node, binary, remarks);
    }

    private static bool TryInt8(LoweringContext context, Node node, Binary binary, string remarks)
    {
        ImageShape left = ImageShape.Of(node.Inputs[0].Shape)!.Value, right = ImageShape.Of(node.Inputs[1].Shape)!.Value;
        bool isSame = left == right;
        switch (binary.Function)
        {
            case BinaryKind.Add when isSame: Sum(context, node, binary.Clamp, remarks, 1); return true;
            case BinaryKind.Subtract when isSame: Sum(context, node, binary.Clamp, remarks, -1); return true;
            case BinaryKind.Multiply when isSame: Product(context, node, binary.Clamp, remarks); return true;
            case BinaryKind.Multiply when right.IsPixel && right.Channels == left.Channels:
                Scale(context, node, binary.Clamp, node.Inputs[0], node.Inputs[1]);
                return true;
            case BinaryKind.Multiply when left.IsPixel && right.Channels == left.Channels:
                Scale(context, node, binary.Clamp, node.Inputs[1], node.Inputs[0]);
                return true;
            default: return false;
        }
    }

    private static void Sum(LoweringContext context, Node node, Clamp clamp, string remarks, int sign)
    {
        (ActivationQuantization left, ActivationQuantization right, ActivationQuantization output) = Quantizations(context, node);
        context.Add(new LayerDraft(nameof(AddInt8), node.Name, remarks)
        {
            Arguments =
            [
                .. Images(context, node),
                ("leftMultiplier", left.Scale / output.Scale), ("rightMultiplier", sign * right.Scale / output.Scale),
                ("leftZeroPoint", left.ZeroPoint), ("rightZeroPoint", right.ZeroPoint), .. Limits(output, clamp),
            ],
        });
    }

    private static void Product(LoweringContext context, Node node, Clamp clamp, string remarks)
    {
        (ActivationQuantization left, ActivationQuantization right, ActivationQuantization output) = Quantizations(context, node);
        context.Add(new LayerDraft(nameof(MultiplyInt8), node.Name, remarks)
        {
            Arguments =
            [
                .. Images(context, node), ("multiplier", left.Scale * right.Scale / output.Scale),
                ("leftZeroPoint", left.ZeroPoint), ("rightZeroPoint", right.ZeroPoint), .. Limits(output, clamp),
            ],
        });
    }

    private static void Scale(LoweringContext context, Node node, Clamp clamp, Value x, Value scale)
    {
        ActivationQuantization from = context.Quantization(x), factor = context.Quantization(scale), to = context.Quantization(node.Output);
        ImageDraft input = context.Image(x), factors = context.Image(scale), output = context.NewImage(node.Output);
        context.Geometry.SharePlane(input, output);
        context.Add(new LayerDraft(nameof(ScaleChannelsInt8), node.Name, Phrases.Join("scales channels", clamp.ToString()))
        {
            Arguments =
            [
                ("input", input), ("scale", factors), ("output", output), ("multiplier", from.Scale * factor.Scale / to.Scale),
                ("inputZeroPoint", from.ZeroPoint), ("scaleZeroPoint", factor.ZeroPoint), .. Limits(to, clamp),
            ],
        });
    }

    private static (ActivationQuantization Left, ActivationQuantization Right, ActivationQuantization Output) Quantizations(
        LoweringContext context, Node node) =>
        (context.Quantization(node.Inputs[0]), context.Quantization(node.Inputs[1]), context.Quantization(node.Output));

    private static (string, object)[] Images(LoweringContext context, Node node)
    {
        ImageDraft left = context.Image(node.Inputs[0]), right = context.Image(node.Inputs[1]), output = context.NewImage(node.Output);
        context.Geometry.SharePlane(left, output);
        context.Geometry.SharePlane(right, output);
        return [("left", left), ("right", right), ("output", output)];
    }

    private static (string, object)[] Limits(ActivationQuantization output, Clamp clamp) =>
        [("outputZeroPoint", output.ZeroPoint), ("minimum", output.Quantize(clamp.Minimum)), ("maximum", output.Quantize(clamp.Maximum))];

    private static void LowerFlat(LoweringContext context, Node node, Binary binary, string remarks)
    {
        Clamp clamp = binary.Clamp;
        bool isSame = node.Inputs.All(input => input.Shape.Count == node.Output.Shape.Count);
        if (isSame && binary.Function == BinaryKind.Add && node.Output.Type == DataType.Float32)
        {
            FlatLayers.Combine(context, node, nameof(AddFloat), remarks, ("minimum", clamp.Minimum), ("maximum", clamp.Maximum));
            return;
        }
        string kind = Kinds.Numeric(node.Output.Type, nameof(BinaryFloating<>), nameof(BinaryInteger<>));
        string function = binary.Function.ToString();
        FlatLayers.Combine(context, node, kind, Phrases.Words(function), ("function", function));
        if (!clamp.IsActive) return;
        FlatDraft output = context.Flat(node.Output);
        context.Add(new LayerDraft(nameof(ClampFloat), $"{node.Name}/Clamp", clamp.ToString())
        {
            Arguments = [("input", output), ("output", output), ("minimum", clamp.Minimum), ("maximum", clamp.Maximum)],
        });
    }
}
