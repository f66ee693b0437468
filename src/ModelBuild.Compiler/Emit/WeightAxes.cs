using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Emit;

/// <summary>How the weights of an operation (its second input) belong to its output channels.</summary>
/// <param name="first">The first of the dimensions that number the channels, which are consecutive.</param>
/// <param name="count">How many these are.</param>
internal sealed class WeightAxes(int first, int count)
{
    private static readonly Dictionary<string, WeightAxes> Table = new(StringComparer.Ordinal)
    {
        ["Conv2D"] = new(3, 1), // [kh,kw,in,out]
        ["DepthwiseConv2dNative"] = new(2, 2), // [kh,kw,in,multiplier]
        ["MatMul"] = new(1, 1), // [in,out], or transposed
    };

    /// <summary>Of an operation, or null where weights and channels are not known.</summary>
    public static WeightAxes? Of(string operation) => Table.GetValueOrDefault(operation);

    /// <summary>Number of channels, or null where the weights have not the operation's form.</summary>
    public int? Channels(NodeDef node, Shape weights)
    {
        int begin = First(node);
        if (weights.Rank != (node.Op == "MatMul" ? 2 : 4)) return null;
        return Inference.Product(weights.Dimensions.Slice(begin, count));
    }

    /// <summary>The channel that an element of the weights belongs to.</summary>
    public int Channel(NodeDef node, Shape weights, int element)
    {
        int begin = First(node);
        int inner = Inference.Product(weights.Dimensions[(begin + count)..]),
            channels = Inference.Product(weights.Dimensions.Slice(begin, count));
        return element / inner % channels;
    }

    /// <summary>The weights' shape with 1 for all dimensions but those of the channels: that of a number a channel.</summary>
    public Shape Broadcast(NodeDef node, Shape weights)
    {
        int begin = First(node);
        return Shape.Of([.. Enumerable.Range(0, weights.Rank).Select(axis => axis >= begin && axis < begin + count ? weights[axis] : 1)]);
    }

    private int First(NodeDef node) => node.Op == "MatMul" && node.Attr.TryGetValue("transpose_b", out AttrValue? transposed)
        && transposed.B ? 0 : first;
}
