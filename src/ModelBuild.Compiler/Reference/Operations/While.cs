using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="While"/>.</summary>
internal static class WhileReference
{
    // A loop that runs longer than this has no end.
    private const int MostRounds = 1 << 20;

    public static IReadOnlyList<Tensor> Run(While loop, IReadOnlyList<Tensor> inputs)
    {
        int variables = loop.Body.Outputs.Length;
        IReadOnlyList<Tensor> values = inputs;
        for (int round = 0; Case.Choose(ReferenceExecutor.Run(loop.Condition, values)[0], 2) == 1; round++)
        {
            Inference.Require(round < MostRounds, $"a loop has not ended after {MostRounds} rounds.");
            values = [.. ReferenceExecutor.Run(loop.Body, values), .. inputs.Skip(variables)];
        }
        return [.. values.Take(variables)];
    }
}
