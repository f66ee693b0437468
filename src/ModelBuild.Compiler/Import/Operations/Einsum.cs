using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Einsum.</summary>
internal static class EinsumImport
{
    public static Value Import(ImportContext context) => context.Inputs.Count is 1 or 2
        ? context.Add(new Einsum(context.Attributes.Text("equation", "")), context.Inputs)
        : throw context.Unsupported($"an Einstein sum of {context.Inputs.Count} operands is not supported; TensorFlow has no kernel for it either.");
}
