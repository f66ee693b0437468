using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Which diagonals layers read or write, as their constructors take them.</summary>
internal static class DiagonalArguments
{
    /// <summary>The arguments lower, upper, leftAbove and leftBelow.</summary>
    /// <param name="node">The node.</param>
    /// <param name="input">The operand that names the diagonals.</param>
    /// <param name="alignment">Where shorter diagonals begin.</param>
    public static (string, object)[] Of(Node node, int input, DiagonalAlignment alignment)
    {
        (int lower, int upper) = DiagonalAlignment.Range(LoweringContext.Integers(node, input, "the diagonals"));
        return [("lower", lower), ("upper", upper), ("leftAbove", alignment.LeftAbove), ("leftBelow", alignment.LeftBelow)];
    }
}
