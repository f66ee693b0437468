using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Options;

namespace ModelBuild.Compiler.Lowering;

/// <summary>From a user's options to the head of a plan.</summary>
internal static class PlanHeaders
{
    public static PlanHeader Of(ModelOptions options, ParsedOptions parsed, ModelGraph graph, IReadOnlyList<string> labels) => throw new NotImplementedException();
}
