using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Reduce = ModelBuild.Compiler.Graph.Operations.Reduce;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="Reduce"/>.</summary>
internal static class ReduceLowering
{
    public static void Lower(LoweringContext context, Node node, Reduce reduce)
    {
        (Value x, Value output) = (node.Inputs[0], node.Output);
        int[] axes = LoweringContext.Integers(node, 1, "the axes");
        axes = [.. axes.Select(axis => Inference.Axis(axis, x.Shape.Rank)).Distinct().Order()];
        if (context.AreImages(x, output) && IsOverPixels(x.Shape, axes) && TryInt8(context, node, reduce)) return;
        bool isOneImage = x.Type == DataType.Float32 && x.Shape.Rank == 4 && x.Shape[0] == 1 && x.Shape.Count > 0;
        if (isOneImage && reduce.Kind == ReduceKind.Mean && axes is [1, 2])
        {
            FlatLayers.Map(context, node, nameof(GlobalAveragePoolFloat), "global average pool");
            return;
        }
        (string, object)[] function = reduce.Kind is ReduceKind.All or ReduceKind.Any
            ? [("axes", axes), ("any", reduce.Kind == ReduceKind.Any)]
            : [("axes", axes), ("function", reduce.Kind.ToString())];
        string remarks = $"{Phrases.Words(reduce.Kind.ToString())} over axes {string.Join(", ", axes)}";
        FlatLayers.Map(context, node, Kind(x.Type, reduce.Kind), remarks, function);
    }

    /// <summary>The axes are all of an image's but the channels.</summary>
    private static bool IsOverPixels(Shape x, int[] axes) =>
        !axes.Contains(x.Rank - 1) && Enumerable.Range(0, x.Rank - 1).All(axis => x[axis] == 1 || axes.Contains(axis));

    private static bool TryInt8(LoweringContext context, Node node, Reduce reduce)
    {
        switch (reduce.Kind)
        {
            case ReduceKind.Mean: GlobalPool.Mean(context, node, node.Inputs[0], node.Output); return true;
            case ReduceKind.Sum: GlobalPool.Sum(context, node, node.Inputs[0], node.Output); return true;
            case ReduceKind.Maximum: GlobalPool.Maximum(context, node, node.Inputs[0]); return true;
            default: return false;
        }
    }

    private static string Kind(DataType type, ReduceKind kind) => kind is ReduceKind.All or ReduceKind.Any
        ? nameof(ReduceLogical)
        : Kinds.Numeric(type, nameof(ReduceFloating<>), nameof(ReduceInteger<>));
}
