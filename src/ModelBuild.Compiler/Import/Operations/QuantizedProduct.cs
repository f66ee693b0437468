using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports QuantizedMatMul, QuantizedConv2D and QuantizedMul: products of integers less their zero points, summed in 32 bits.</summary>
internal static class QuantizedProductImport
{
    // Ends of int32 as floats.
    private const float Lowest = int.MinValue, Highest = int.MaxValue;

    public static IReadOnlyList<Value> MatMul(ImportContext context)
    {
        (QuantizedOperand a, QuantizedOperand b) = Operands(context);
        context.Attributes.Ignore("Tactivation");
        MatMul product = new(context.Attributes.Boolean("transpose_a", false), context.Attributes.Boolean("transpose_b", false));
        return Outputs(context, a, b, context.AddStep("product", product, a.Centered(context), b.Centered(context)));
    }

    public static IReadOnlyList<Value> Multiply(ImportContext context)
    {
        (QuantizedOperand a, QuantizedOperand b) = Operands(context);
        return Outputs(context, a, b, context.AddStep("product", new Binary(BinaryKind.Multiply), a.Centered(context), b.Centered(context)));
    }

    public static IReadOnlyList<Value> Convolution(ImportContext context)
    {
        (QuantizedOperand x, QuantizedOperand weights) = Operands(context);
        Layout layout = new(context);
        context.Attributes.Ignore("out_type", "Tinput", "Tfilter");
        if (context.Attributes.Integers("padding_list").Length > 0) throw context.Unsupported("padding_list is not supported.");
        Convolution convolution = new(layout.Pair("strides"), layout.Pair("dilations", 1, 1, 1, 1), layout.Padding(), Clamp.None);
        Value pixels = WithoutUnread(context, x.Centered(context), weights.Integers.Shape, convolution);
        return Outputs(context, x, weights, context.AddStep("sums", convolution, pixels, weights.Centered(context)));
    }

    private static (QuantizedOperand, QuantizedOperand) Operands(ImportContext context)
    {
        context.Attributes.Ignore("Toutput");
        return (QuantizedOperand.Read(context, 0, 2), QuantizedOperand.Read(context, 1, 4));
    }

    /// <summary>The sums as integers, with the range that an int32 of such products has.</summary>
    private static IReadOnlyList<Value> Outputs(ImportContext context, QuantizedOperand a, QuantizedOperand b, Value sums)
    {
        Value step = context.AddStep("product_step", new Binary(BinaryKind.Multiply), a.Step(context), b.Step(context));
        Value End(string name, float integer) => context.AddStep(name, new Binary(BinaryKind.Multiply), step, QuantizedOperand.Number(context, integer));
        return [context.Add(new Cast(DataType.QInt32), sums), End("minimum", Lowest), End("maximum", Highest)];
    }

    /// <summary>
    /// The pixels without those before the first window: where windows leave out pixels at the end, TensorFlow's eight-bit convolution
    /// moves them all by half of these, which Conv2D does not.
    /// </summary>
    private static Value WithoutUnread(ImportContext context, Value pixels, Shape weights, Convolution convolution)
    {
        // Fewer than two pixels have no half.
        if (Math.Max(convolution.Strides.Height, convolution.Strides.Width) < 3) return pixels;
        if (pixels.Shape is { HasRank: true, Rank: not 4 } || weights is { HasRank: true, Rank: not 4 }) return pixels;
        if (!pixels.Shape.IsStatic || !weights.IsStatic)
            throw context.Unsupported($"with strides of 3 and more the size of {pixels.Shape} has to be known.");
        int top = Unread(0, pixels.Shape[1], weights[0], convolution.Strides.Height);
        int left = Unread(1, pixels.Shape[2], weights[1], convolution.Strides.Width);
        if (top == 0 && left == 0) return pixels;
        const int allAxes = 0b1111;
        return context.AddStep("read", new StridedSlice(0, allAxes, 0, 0, 0), pixels,
            context.Constant(0, top, left, 0), context.Constant(0, 0, 0, 0), context.Constant(1, 1, 1, 1));

        int Unread(int axis, int size, int window, int stride) =>
            Math.Max(size - (convolution.Padding.Resolve(axis, size, window, stride).Output - 1) * stride - window, 0) / 2;
    }
}
