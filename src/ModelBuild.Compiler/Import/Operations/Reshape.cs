using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Squeeze and ExpandDims as reshapes.</summary>
internal static class ReshapeImport
{
    public static Value Squeeze(ImportContext context)
    {
        Shape x = context[0].Shape;
        if (!x.HasRank) throw context.Unsupported("the rank of the input is not known.");
        int[] named = context.Attributes.Integers("squeeze_dims", context.Attributes.Integers("axis"));
        HashSet<int> axes = [.. named.Select(axis => Inference.Axis(axis, x.Rank, "a squeezed dimension"))];
        foreach (int axis in axes) Inference.Require(x[axis] is 1 or Shape.Unknown, $"dimension {axis} of {x} is not 1 and cannot be squeezed.");
        return To(context, [.. Enumerable.Range(0, x.Rank).Where(axis => axes.Count > 0 ? !axes.Contains(axis) : x[axis] != 1).Select(axis => x[axis])]);
    }

    public static Value ExpandDims(ImportContext context)
    {
        Shape x = context[0].Shape;
        if (!x.HasRank) throw context.Unsupported("the rank of the input is not known.");
        int axis = Inference.Integer(Value.Of("the axis", context.RequireConstant(1, "the axis")))!.Value;
        List<int> shape = [.. x.Dimensions];
        shape.Insert(Inference.Axis(axis, x.Rank + 1), 1);
        return To(context, shape);
    }

    private static Value To(ImportContext context, IReadOnlyList<int> shape)
    {
        if (shape.Count(size => size == Shape.Unknown) > 1) throw context.Unsupported($"the shape {context[0].Shape} has more than one open dimension.");
        return context.Add(new Reshape(), context[0], context.Constant([.. shape]));
    }
}
