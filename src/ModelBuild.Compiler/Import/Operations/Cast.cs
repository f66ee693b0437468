using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Cast and Bitcast.</summary>
internal static class CastImport
{
    // Bits of the mantissa.
    private static readonly Dictionary<DataType, int> Mantissa = new()
    {
        [DataType.Float64] = 52, [DataType.Float32] = 23, [DataType.Float16] = 10, [DataType.BFloat16] = 7,
    };

    public static Value Import(ImportContext context)
    {
        DataType to = context.Attributes.Type("DstT", context[0].Type);
        context.Attributes.Ignore("SrcT");
        Value x = context.Attributes.Boolean("Truncate", false) ? WithoutExcess(context, to) : context[0];
        return context.Add(new Cast(to), x);
    }

    public static Value Bits(ImportContext context) => context.Add(new Bitcast(context.Attributes.Type("type", context[0].Type)), context[0]);

    /// <summary>x without the bits that the mantissa of the other type has no place for, so that nothing is left to be rounded.</summary>
    private static Value WithoutExcess(ImportContext context, DataType to)
    {
        Value x = context[0];
        if (!Mantissa.TryGetValue(x.Type, out int from) || !Mantissa.TryGetValue(to, out int kept) || from <= kept) return x;
        long ones = -1L << (from - kept);
        (DataType bits, Array element) = x.Type switch
        {
            DataType.Float64 => (DataType.Int64, (Array)new[] { ones }),
            DataType.Float32 => (DataType.Int32, new[] { (int)ones }),
            _ => (DataType.Int16, new[] { (short)ones }),
        };
        Value number = context.AddStep("bits", new Bitcast(bits), x);
        Value mask = context.Constant(new Tensor(bits, Shape.Scalar, element));
        Value masked = context.AddStep("masked", new Binary(BinaryKind.BitwiseAnd), number, mask);
        return context.AddStep("truncated", new Bitcast(x.Type), masked);
    }
}
