using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports products and quotients that are 0 where one operand is, whatever the other.</summary>
internal static class GuardedProductImport
{
    /// <summary>MulNoNan: 0 where y is.</summary>
    public static Value MultiplyNoNan(ImportContext context) =>
        ZeroWhere(context, context[1], context.AddStep("product", new Binary(BinaryKind.Multiply), context[0], context[1]));

    /// <summary>Xdivy: x / y, 0 where x is.</summary>
    public static Value Divide(ImportContext context) =>
        ZeroWhere(context, context[0], context.AddStep("quotient", new Binary(BinaryKind.Divide), context[0], context[1]));

    /// <summary>Xlogy: x ln y, 0 where x is.</summary>
    public static Value Log(ImportContext context) => Log(context, UnaryKind.Log);

    /// <summary>Xlog1py: x ln(1 + y), 0 where x is.</summary>
    public static Value Log1p(ImportContext context) => Log(context, UnaryKind.Log1p);

    private static Value Log(ImportContext context, UnaryKind function)
    {
        Value logarithm = context.AddStep("logarithm", new Unary(function), context[1]);
        return ZeroWhere(context, context[0], context.AddStep("product", new Binary(BinaryKind.Multiply), context[0], logarithm));
    }

    private static Value ZeroWhere(ImportContext context, Value guard, Value result)
    {
        Value zero = context.AddStep("zero", new Cast(guard.Type), context.Constant(Tensor.Of(Shape.Scalar, new[] { 0f })));
        Value isZero = context.AddStep("is_zero", new Comparison(ComparisonKind.Equal), guard, zero);
        return context.Add(new Select(false), isZero, zero, result);
    }
}
