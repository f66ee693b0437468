using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Emit;

/// <summary>Stores large constants in fewer bytes, behind nodes that give them back: a Cast, and a Mul by the scales.</summary>
internal static class WeightPacking
{
    private const int Levels = 127;
    private const int FewestElements = 256; // below this the nodes take more bytes than they save

    public static FrozenGraph Run(FrozenGraph graph, WeightPrecision precision)
    {
        if (precision == WeightPrecision.Float32) return graph;
        NodeReaders readers = new(graph);
        List<NodeDef> nodes = [];
        foreach (NodeDef node in graph.Nodes)
            nodes.AddRange(node.Op == "Const" && !node.Input.Any() && Weights(node) is { } weights ? Pack(node, weights, precision, readers)
                : [node]);
        return graph with { Nodes = nodes };
    }

    private static Tensor? Weights(NodeDef node)
    {
        if (!node.Attr.TryGetValue("value", out AttrValue? value) || value.Tensor is null
            || (DataType)value.Tensor.Dtype != DataType.Float32) return null;
        // A constant of one repeated value is short already.
        if (value.Tensor.TensorContent.IsEmpty && value.Tensor.FloatVal.Count < FewestElements) return null;
        Tensor tensor = TensorReader.Read(value.Tensor);
        return tensor.Count >= FewestElements ? tensor : null;
    }

    /// <summary>The nodes that take a constant's place; the last one has its name.</summary>
    private static IEnumerable<NodeDef> Pack(NodeDef node, Tensor weights, WeightPrecision precision, NodeReaders readers)
    {
        if (precision == WeightPrecision.Int8 && Scales(node, weights, readers) is { } scales) return PackInt8(node, weights, scales);
        foreach (float element in weights.Elements<float>())
            if (!Half.IsFinite((Half)element)) return [node];
        Half[] halves = [.. weights.Elements<float>().ToArray().Select(element => (Half)element)];
        NodeDef stored = GraphParts.Constant($"{node.Name}/half", TensorWriter.Write(new Tensor(DataType.Float16, weights.Shape, halves))!);
        return [stored, Cast(node.Name, stored.Name, DataType.Float16)];
    }

    private static IEnumerable<NodeDef> PackInt8(NodeDef node, Tensor weights, Tensor scales)
    {
        int[] steps = Steps(weights.Shape, scales.Shape);
        ReadOnlySpan<float> elements = weights.Elements<float>(), scale = scales.Elements<float>();
        sbyte[] packed = new sbyte[elements.Length];
        for (int i = 0; i < packed.Length; i++)
            packed[i] = (sbyte)Math.Clamp(MathF.Round(elements[i] / scale[Place(i, weights.Shape, steps)]), -Levels, Levels);
        NodeDef stored = GraphParts.Constant($"{node.Name}/int8", TensorWriter.Write(new Tensor(DataType.Int8, weights.Shape, packed))!);
        NodeDef factor = GraphParts.Constant($"{node.Name}/scale", TensorWriter.Write(scales)!);
        NodeDef cast = Cast($"{node.Name}/float", stored.Name, DataType.Int8);
        return [stored, factor, cast,
            GraphParts.Node(node.Name, "Mul", [cast.Name, factor.Name], ("T", GraphParts.Type(DataType.Float32)))];
    }

    /// <summary>
    /// The scale of each channel, in a shape that broadcasts to the weights'; null where the readers do not tell the channels.
    /// </summary>
    private static Tensor? Scales(NodeDef node, Tensor weights, NodeReaders readers)
    {
        if (readers.IsOutput(node.Name)) return null;
        Shape[] shapes = [.. readers.Of(node.Name).Select(reader => Channels(reader.Reader, reader.Input, weights.Shape)
            ?? Shape.UnknownRank).Distinct()];
        if (shapes is not [{ HasRank: true } shape]) return null;
        int[] steps = Steps(weights.Shape, shape);
        float[] scales = new float[shape.Count];
        ReadOnlySpan<float> elements = weights.Elements<float>();
        for (int i = 0; i < elements.Length; i++)
        {
            if (!float.IsFinite(elements[i])) return null;
            ref float greatest = ref scales[Place(i, weights.Shape, steps)];
            greatest = Math.Max(greatest, Math.Abs(elements[i]));
        }
        for (int c = 0; c < scales.Length; c++) scales[c] = float.IsNormal(scales[c] / Levels) ? scales[c] / Levels : 1;
        return Tensor.Of(shape, scales);
    }

    /// <summary>Shape of a number a channel for what reads the weights, or null.</summary>
    private static Shape? Channels(NodeDef reader, int input, Shape weights) => reader.Op switch
    {
        "Conv3D" when input == 1 && weights.Rank == 5 => Kept(weights, 4),
        "Conv2DBackpropInput" when input == 1 && weights.Rank == 4 => Kept(weights, 2),
        "Conv3DBackpropInputV2" when input == 1 && weights.Rank == 5 => Kept(weights, 3),
        "BatchMatMul" or "BatchMatMulV2" when input == 1 && weights.Rank >= 2 =>
            Kept(weights, weights.Rank - (reader.Attr.TryGetValue("adj_y", out AttrValue? adjoint) && adjoint.B ? 2 : 1)),
        "Gather" or "GatherV2" when input == 0 && weights.Rank == 2 => Kept(weights, 0),
        "ExpandDims" when input == 0 && weights.Rank == 3 => Kept(weights, 2), // kernels over sequences
        _ => input == 1 && WeightAxes.Of(reader.Op) is { } axes && axes.Channels(reader, weights) is not null
            ? axes.Broadcast(reader, weights) : null,
    };

    private static Shape Kept(Shape weights, int axis) =>
        Shape.Of([.. Enumerable.Range(0, weights.Rank).Select(other => other == axis ? weights[other] : 1)]);

    /// <summary>How far an index of the smaller shape moves along each axis of the greater; 0 where it is broadcast.</summary>
    private static int[] Steps(Shape shape, Shape broadcast)
    {
        int[] steps = new int[shape.Rank];
        int step = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            if (broadcast[axis] == 1) continue;
            steps[axis] = step;
            step *= broadcast[axis];
        }
        return steps;
    }

    private static int Place(int element, Shape shape, int[] steps)
    {
        int place = 0;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            place += element % shape[axis] * steps[axis];
            element /= shape[axis];
        }
        return place;
    }

    private static NodeDef Cast(string name, string input, DataType from) =>
        GraphParts.Node(name, "Cast", [input], ("SrcT", GraphParts.Type(from)), ("DstT", GraphParts.Type(DataType.Float32)),
            ("Truncate", GraphParts.Flag(false)));
}
