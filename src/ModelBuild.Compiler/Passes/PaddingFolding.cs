using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Passes;

/// <summary>Folds zeros put around an image into the padding of the convolution that reads it.</summary>
internal static class PaddingFolding
{
    public static ModelGraph Run(ModelGraph graph) => GraphRewriter.Run(graph, (node, inputs, rewriter) =>
    {
        Padding? own = node.Operation switch
        {
            Convolution layer => layer.Padding,
            DepthwiseConvolution layer => layer.Padding,
            _ => null,
        };
        if (own is null || ReferenceEquals(own, Padding.Same)) return null;
        if (rewriter.Producer(inputs[0]) is not { Operation: Pad { Mode: PadMode.Constant } } pad) return null;
        if (Inference.Integers(pad.Inputs[1]) is not [0, 0, var top, var bottom, var left, var right, 0, 0]) return null;
        if (pad.Inputs.Length > 2 && !ConstantOperand.IsAll(pad.Inputs[2], 0)) return null;
        Padding padding = own.Extend((top, bottom), (left, right));
        Operation padded = node.Operation is Convolution convolution
            ? convolution with { Padding = padding }
            : (DepthwiseConvolution)node.Operation with { Padding = padding };
        return [rewriter.Add(node.Name, padded, [pad.Inputs[0], .. inputs.Skip(1)])];
    });
}
