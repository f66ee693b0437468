using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>
/// Finds batch normalisations in the form of tf.nn.batch_normalization, x * f + (offset - mean * f) with
/// f = rsqrt(variance + epsilon) * scale.
/// The import makes two numbers a channel of them, which do not tell any more what they were made of.
/// </summary>
internal sealed class UnfusedNorms
{
    private readonly GraphIndex _index;

    private UnfusedNorms(GraphIndex index) => _index = index;

    /// <summary>Those of a graph whose constants are there.</summary>
    public static IReadOnlyList<UnfusedNorm> Of(GraphDef definition)
    {
        UnfusedNorms norms = new(new GraphIndex(definition.Node));
        return [.. norms._index.Nodes.Where(node => node.Op is "Add" or "AddV2").SelectMany(norms.Of)];
    }

    private IEnumerable<UnfusedNorm> Of(NodeDef sum) =>
        from terms in Orders(sum)
        from scaled in Orders(Node(terms.First, "Mul"))
        from shift in Shifts(terms.Second)
        where _index.Origin(scaled.Second) == _index.Origin(shift.Factor)
        from factor in Factors(scaled.Second)
        where shift.Mean.Length == factor.Variance.Length
        select new UnfusedNorm(
            _index.Origin(scaled.First).ToString(), sum.Name, shift.Mean, factor.Variance, factor.Scale, shift.Offset, factor.Epsilon);

    /// <summary>What an addend is made of: offset - mean * factor, -(mean * factor) or -mean * factor; nothing if it is none.</summary>
    private IEnumerable<(float[]? Offset, float[] Mean, NodeInput Factor)> Shifts(NodeInput addend)
    {
        NodeDef? outer = Node(addend, "Sub", "Neg");
        float[]? offset = outer?.Op == "Sub" ? Constant(_index.Inputs(outer)[0]) : null;
        if (outer?.Op == "Sub" && offset is null) return [];
        return from product in Orders(Node(outer is null ? addend : _index.Inputs(outer)[^1], "Mul"))
               let mean = Constant(outer is null ? Negated(product.First) : product.First)
               where mean is not null
               select (offset, mean, product.Second);
    }

    private NodeInput? Negated(NodeInput output) => Node(output, "Neg") is { } negative ? _index.Inputs(negative)[0] : null;

    /// <summary>What a factor is made of; nothing if it is none.</summary>
    private IEnumerable<(float[] Variance, float[]? Scale, float Epsilon)> Factors(NodeInput factor)
    {
        if (Node(factor, "Rsqrt") is { } root)
        {
            return from added in Orders(Node(_index.Inputs(root)[0], "Add", "AddV2"))
                   let variance = Constant(added.First)
                   let epsilon = Constant(added.Second)
                   where variance is not null && epsilon is { Length: 1 }
                   select (variance, (float[]?)null, epsilon[0]);
        }
        return from product in Orders(Node(factor, "Mul"))
               let scale = Constant(product.Second)
               where scale is not null && Node(product.First, "Rsqrt") is not null
               from plain in Factors(product.First)
               select (plain.Variance, scale, plain.Epsilon);
    }

    /// <summary>The operands of a node with two, in either order; none without a node.</summary>
    private IEnumerable<(NodeInput First, NodeInput Second)> Orders(NodeDef? node) =>
        node is not null && _index.Inputs(node) is [var first, var second] ? [(first, second), (second, first)] : [];

    /// <summary>The node that an output comes from, if it is of one of the operations.</summary>
    private NodeDef? Node(NodeInput output, params ReadOnlySpan<string> operations) =>
        _index.Find(_index.Origin(output).Node) is { } node && operations.Contains(node.Op) ? node : null;

    private float[]? Constant(NodeInput? output)
    {
        if (output is null || Node(output.Value, "Const") is not { } node) return null;
        return node.Attr.TryGetValue("value", out AttrValue? value) && value.Tensor is { } proto && (DataType)proto.Dtype == DataType.Float32 ? (float[])TensorReader.Read(proto).Data : null;
    }
}
