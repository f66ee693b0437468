using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Case"/>: only the branch that is taken.</summary>
internal static class CaseReference
{
    public static IReadOnlyList<Tensor> Run(Case choice, IReadOnlyList<Tensor> inputs) =>
        ReferenceExecutor.Run(choice.Branches[Case.Choose(inputs[0], choice.Branches.Length)], [.. inputs.Skip(1)]);
}
