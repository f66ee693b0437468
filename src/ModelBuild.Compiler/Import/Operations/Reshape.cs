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
        if (axes.Count == 0 && !x.IsStatic) throw context.Unsupported($"which dimensions of {x} are 1 is known only when the model runs.");
        int[] kept = [.. Enumerable.Range(0, x.Rank).Where(axis => axes.Count > 0 ? !axes.Contains(axis) : x[axis] != 1)];
        Value shape = context.AddStep("shape", new Gather(0, 0), context.ShapeOf(context[0]), context.Constant(kept));
        return context.Add(new Reshape(), context[0], shape);
    }

    public static Value ExpandDims(ImportContext context)
    {
        Shape x = context[0].Shape;
        if (!x.HasRank) throw context.Unsupported("the rank of the input is not known.");
        int axis = Inference.Axis(context.RequireInteger(1, "the axis"), x.Rank + 1);
        Value shape = context.ShapeOf(context[0]);
        Value before = context.AddStep("before", new Slice(), shape, context.Constant(0), context.Constant(axis));
        Value after = context.AddStep("after", new Slice(), shape, context.Constant(axis), context.Constant(-1));
        return context.Add(new Reshape(), context[0], context.AddStep("shape", new Concat(0), before, context.Constant(1), after));
    }
}
