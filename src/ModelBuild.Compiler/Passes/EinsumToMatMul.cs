using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;
using Einsum = ModelBuild.Compiler.Graph.Operations.Einsum;
using MatMul = ModelBuild.Compiler.Graph.Operations.MatMul;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Turns Einstein sums that are matrix products of their operands as they lie into these: they need no copies, and with constant
/// weights they become fully connected layers.
/// </summary>
internal static class EinsumToMatMul
{
    public static ModelGraph Run(ModelGraph graph) => GraphRewriter.Run(graph, (node, inputs, rewriter) =>
    {
        if (node.Operation is not Einsum einsum || inputs is not [var a, var b] || !a.Shape.IsStatic || !b.Shape.IsStatic) return null;
        if (!ElementTypes.IsFloating(a.Type) && a.Type != DataType.BFloat16) return null;
        EinsumTerms terms = EinsumTerms.Parse(einsum.Equation, [a.Shape.ToArray(), b.Shape.ToArray()]);
        if (Sizes(terms, a.Shape, b.Shape) is not { } sizes) return null;
        (string left, string right) = (terms.Operands[0], terms.Operands[1]);
        if (Product.Of(left, right, terms.Result) is { } product) return [Multiply(node, rewriter, product, sizes, a, b)];
        // The product of the operands the other way round is the transposed one.
        return Product.Of(right, left, terms.Result) is { } swapped ? [Multiply(node, rewriter, swapped, sizes, b, a)] : null;
    });

    private static Value Multiply(Node node, GraphRewriter rewriter, Product product, Dictionary<char, int> sizes, Value left, Value right)
    {
        int[] batch = Dimensions(product.Batch);
        int rows = Count(product.Rows), sums = Count(product.Sums), columns = Count(product.Columns);
        // A layer of constant weights takes any number of axes before the one that it sums over.
        bool isLayer = right.Constant is not null && batch.Length == 0 && !product.TransposeLeft && product.Rows.Length > 0;
        int[] before = isLayer ? Dimensions(product.Rows) : [.. batch, rows];
        int[] leftShape = product.TransposeLeft ? [.. batch, sums, rows] : [.. before, sums];
        int[] rightShape = product.TransposeRight ? [.. batch, columns, sums] : [.. batch, sums, columns];
        int[] result = Dimensions(product.Batch + product.Rows + product.Columns), shape = [.. before, columns];
        bool isWhole = result.SequenceEqual(shape);
        Value matrices = rewriter.Add(
            isWhole ? node.Name : $"{node.Name}/product", new MatMul(product.TransposeLeft, product.TransposeRight),
            Reshaped($"{node.Name}/left", left, leftShape), Reshaped($"{node.Name}/right", right, rightShape));
        return isWhole ? matrices : Reshaped(node.Name, matrices, result);

        int[] Dimensions(string labels) => [.. labels.Select(label => sizes[label])];

        int Count(string labels) => Inference.Product(Dimensions(labels));

        Value Reshaped(string name, Value value, int[] target)
        {
            if (value.Shape.Dimensions.SequenceEqual(target)) return value;
            Value dimensions = GraphBuilder.Constant($"{name}/shape", Tensor.Of(Shape.Of(target.Length), target));
            return rewriter.Add(name, new Reshape(), value, dimensions);
        }
    }

    /// <summary>The size of each label; null where an axis is repeated for another operand, or only a diagonal is read.</summary>
    private static Dictionary<char, int>? Sizes(EinsumTerms terms, Shape left, Shape right)
    {
        Dictionary<char, int> sizes = [];
        foreach ((string labels, Shape shape) in new[] { (terms.Operands[0], left), (terms.Operands[1], right) })
        {
            if (labels.Distinct().Count() != labels.Length) return null;
            for (int axis = 0; axis < labels.Length; axis++)
                if (!sizes.TryAdd(labels[axis], shape[axis]) && sizes[labels[axis]] != shape[axis]) return null;
        }
        return sizes;
    }

    /// <summary>Labels of a matrix product: [batch][rows][sums] by [batch][sums][columns] is [batch][rows][columns].</summary>
    private sealed record Product(string Batch, string Rows, string Sums, string Columns, bool TransposeLeft, bool TransposeRight)
    {
        /// <summary>The product whose result is written with rows before columns; null where there is none without moving elements.</summary>
        public static Product? Of(string left, string right, string result)
        {
            string batch = Labels(result, label => left.Contains(label) && right.Contains(label));
            string rows = Labels(result, label => !right.Contains(label)), columns = Labels(result, label => !left.Contains(label));
            string sums = Labels(left, label => !result.Contains(label));
            if (result != batch + rows + columns) return null;
            bool transposeLeft = left != batch + rows + sums, transposeRight = right != batch + sums + columns;
            bool fits = (!transposeLeft || left == batch + sums + rows) && (!transposeRight || right == batch + columns + sums);
            return fits ? new Product(batch, rows, sums, columns, transposeLeft, transposeRight) : null;
        }

        private static string Labels(string term, Func<char, bool> chosen) => string.Concat(term.Where(chosen));
    }
}
