using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Cross, the vector product along the last dimension: a[1,2,0] * b[2,0,1] - a[2,0,1] * b[1,2,0].</summary>
internal static class CrossImport
{
    public static Value Import(ImportContext context)
    {
        foreach (Value input in context.Inputs)
            Inference.Require(!input.Shape.HasRank || (input.Shape.Rank > 0 && input.Shape[-1] is 3 or Shape.Unknown),
                $"{input.Name} has the shape {input.Shape}, but vectors of 3 are needed.");
        Value left = Multiply("left", Turned("a1", 0, 1, 2, 0), Turned("b2", 1, 2, 0, 1));
        Value right = Multiply("right", Turned("a2", 0, 2, 0, 1), Turned("b1", 1, 1, 2, 0));
        return context.Add(new Binary(BinaryKind.Subtract), left, right);

        Value Turned(string step, int input, params int[] order) => context.AddStep(step, new Gather(-1, 0), context[input], context.Constant(order));

        Value Multiply(string step, Value a, Value b) => context.AddStep(step, new Binary(BinaryKind.Multiply), a, b);
    }
}
