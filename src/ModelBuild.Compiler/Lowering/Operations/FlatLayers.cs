using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Layers from arrays to an array, in the order in which the kernels' constructors name these.</summary>
internal static class FlatLayers
{
    /// <summary>Adds a layer of the node's first input: input, output, then the attributes.</summary>
    public static void Map(LoweringContext context, Node node, string kind, string remarks, params (string, object)[] attributes) =>
        Add(context, node, kind, remarks, ["input"], attributes);

    /// <summary>Adds a layer of the node's first two inputs: left, right, output, then the attributes.</summary>
    public static void Combine(LoweringContext context, Node node, string kind, string remarks, params (string, object)[] attributes) =>
        Add(context, node, kind, remarks, ["left", "right"], attributes);

    /// <summary>Adds a layer of the node's first inputs by the names of its parameters, then output, then the attributes.</summary>
    public static void Add(
        LoweringContext context, Node node, string kind, string remarks, string[] operands, params (string, object)[] attributes)
    {
        (string, object)[] inputs = [.. operands.Select((name, i) => (name, (object)context.Flat(node.Inputs[i])))];
        context.Add(new LayerDraft(kind, node.Name, remarks)
        {
            Arguments = [.. inputs, ("output", context.NewFlat(node.Output)), .. attributes],
        });
    }
}
