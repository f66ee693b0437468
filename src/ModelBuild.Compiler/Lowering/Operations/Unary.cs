using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Unary"/>.</summary>
internal static class UnaryLowering
{
    public static void Lower(LoweringContext context, Node node, Unary unary)
    {
        string function = unary.Function.ToString(), remarks = Phrases.Words(function);
        if (LookupTables.TryLower(context, node, remarks)) return;
        context.Add(new LayerDraft(Kind(node.Inputs[0].Type, function), node.Name, remarks)
        {
            Arguments = [("input", context.Flat(node.Inputs[0])), ("output", context.NewFlat(node.Output)), ("function", function)],
        });
    }

    private static string Kind(DataType type, string function)
    {
        bool isFast = Enum.IsDefined(typeof(FloatFunction), function), isGeneral = Enum.IsDefined(typeof(UnaryFunction), function);
        return type switch
        {
            DataType.Float32 when isFast => nameof(UnaryFloat),
            _ when !isGeneral => throw Unsupported(type, function),
            _ when ElementTypes.IsFloating(type) => $"{nameof(UnaryFloating<>)}<{PlanTypes.Name(type)}>",
            _ when ElementTypes.IsInteger(type) => $"{nameof(UnaryInteger<>)}<{PlanTypes.Name(type)}>",
            _ => throw Unsupported(type, function),
        };
    }

    private static ModelBuildException Unsupported(DataType type, string function) =>
        new(DiagnosticCode.UnsupportedOperations, $"there is no kernel for {Phrases.Words(function)} of {type}. Set Inputs or Outputs so that the node is left out.");
}
