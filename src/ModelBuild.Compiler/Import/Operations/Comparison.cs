using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports comparisons, where equality may be asked to put up with shapes that do not fit.</summary>
internal static class ComparisonImport
{
    public static Value Equal(ImportContext context) => Equality(context, ComparisonKind.Equal);

    public static Value NotEqual(ImportContext context) => Equality(context, ComparisonKind.NotEqual);

    /// <summary>ApproximateEqual: |x - y| &lt; tolerance, the tolerance being of the operands' type.</summary>
    public static Value Approximate(ImportContext context)
    {
        float tolerance = context.Attributes.Float("tolerance", 1e-5f);
        Value difference = context.AddStep("difference", new Binary(BinaryKind.Subtract), context[0], context[1]);
        Value distance = context.AddStep("distance", new Unary(UnaryKind.Abs), difference);
        Value limit = context.AddStep("tolerance", new Cast(difference.Type), context.Constant(Tensor.Of(Shape.Scalar, new[] { tolerance })));
        return context.Add(new Comparison(ComparisonKind.Less), distance, limit);
    }

    private static Value Equality(ImportContext context, ComparisonKind kind)
    {
        bool mayDiffer = !context.Attributes.Boolean("incompatible_shape_error", true);
        if (mayDiffer && !FitEachOther(context[0].Shape, context[1].Shape))
            return context.Constant(new Tensor(DataType.Bool, Shape.Scalar, new[] { kind == ComparisonKind.NotEqual }));
        return context.Add(new Comparison(kind), context[0], context[1]);
    }

    private static bool FitEachOther(Shape left, Shape right)
    {
        if (!left.HasRank || !right.HasRank) return true;
        for (int axis = 1; axis <= Math.Min(left.Rank, right.Rank); axis++)
        {
            (int a, int b) = (left[-axis], right[-axis]);
            if (a != b && a != 1 && b != 1 && a != Shape.Unknown && b != Shape.Unknown) return false;
        }
        return true;
    }
}
