using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Unary"/>.</summary>
internal static class UnaryLowering
{
    public static void Lower(LoweringContext context, Node node, Unary unary)
    {
        string function = unary.Function.ToString(), remarks = Phrases.Words(function);
        if (LookupTables.TryLower(context, node, remarks)) return;
        FlatLayers.Map(context, node, Kind(node.Output.Type, function), remarks, ("function", function));
    }

    private static string Kind(DataType type, string function)
    {
        if (type == DataType.Float32 && Enum.IsDefined(typeof(FloatFunction), function)) return nameof(UnaryFloat);
        if (!Enum.IsDefined(typeof(UnaryFunction), function)) throw Kinds.Unsupported($"for {Phrases.Words(function)} of type {type}");
        return Kinds.Numeric(type, nameof(UnaryFloating<>), nameof(UnaryInteger<>));
    }
}
