using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Softmax, over the last dimension.</summary>
internal static class SoftmaxImport
{
    public static Value Import(ImportContext context) => context.Add(new Softmax(), context[0]);
}
