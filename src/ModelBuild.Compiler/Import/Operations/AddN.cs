using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports AddN and AccumulateNV2: sums of arrays of one shape.</summary>
internal static class AddNImport
{
    public static Value Import(ImportContext context)
    {
        context.Attributes.Ignore("shape");
        Value sum = context[0];
        for (int i = 1; i < context.Inputs.Count; i++)
        {
            bool isLast = i == context.Inputs.Count - 1;
            Binary add = new(BinaryKind.Add);
            sum = isLast ? context.Add(add, sum, context[i]) : context.AddStep($"sum{i}", add, sum, context[i]);
        }
        return sum;
    }
}
