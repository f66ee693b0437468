using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports ClipByValue: the greater of x and the lower limit, then the lesser of that and the upper one.</summary>
internal static class ClipByValueImport
{
    public static Value Import(ImportContext context)
    {
        Value raised = context.AddStep("raised", new Binary(BinaryKind.Maximum), context[0], context[1]);
        return context.Add(new Binary(BinaryKind.Minimum), raised, context[2]);
    }
}
