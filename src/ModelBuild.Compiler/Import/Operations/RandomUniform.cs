using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports RandomUniform, which dropout leaves behind.</summary>
internal static class RandomUniformImport
{
    public static Value Import(ImportContext context)
    {
        context.Attributes.Ignore("seed", "seed2");
        return context.Add(new RandomUniform(context.Attributes.Type("dtype", DataType.Float32)), context[0]);
    }
}
