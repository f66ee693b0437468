using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Bincount, which takes any shape, and DenseBincount, which takes rows.</summary>
internal static class BincountImport
{
    public static Value Flat(ImportContext context)
    {
        Value x = context.AddStep("flat", new Reshape(), context[0], context.Constant(-1));
        Value weights = context.AddStep("weights", new Reshape(), context[2], context.Constant(-1));
        return context.Add(new Bincount(false), x, context[1], weights);
    }

    public static Value Dense(ImportContext context) =>
        context.Add(new Bincount(context.Attributes.Boolean("binary_output", false)), context[0], context[1], context[2]);
}
