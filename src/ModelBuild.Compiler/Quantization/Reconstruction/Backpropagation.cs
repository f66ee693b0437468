using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// Gradients of a scalar function of a value with regard to the values it was computed from, by the chain rule from the last node
/// to the first. Operations without a rule end the way: nothing before them gets a gradient.
/// </summary>
internal static class Backpropagation
{
    /// <summary>Goes back from a value.</summary>
    /// <param name="graph">The graph, for one sample.</param>
    /// <param name="values">All its values.</param>
    /// <param name="from">The value that <paramref name="gradient"/> is of.</param>
    /// <param name="gradient">The function's gradient there.</param>
    /// <param name="observe">Gets each node that has one and the gradient of its output before the fused activation.</param>
    public static void Run(
        ModelGraph graph, IReadOnlyDictionary<Value, Tensor> values, Value from, float[] gradient, Action<Node, float[]> observe)
    {
        Dictionary<Value, float[]> gradients = new() { [from] = gradient };
        foreach (Node node in graph.Nodes.Reverse())
        {
            if (node.Outputs.Length != 1 || !gradients.Remove(node.Output, out float[]? output)) continue;
            Limit(WeightedLayer.ClampOf(node.Operation), values[node.Output], output);
            observe(node, output);
            Tensor[] inputs = [.. node.Inputs.Select(input => input.Constant ?? values[input])];
            for (int i = 0; i < inputs.Length; i++)
            {
                if (node.Inputs[i].Constant is not null || inputs[i].Type != DataType.Float32) continue;
                float[] sum = gradients.TryGetValue(node.Inputs[i], out float[]? before) ? before : new float[inputs[i].Count];
                if (Add(node, i, inputs, values[node.Output], output, sum)) gradients[node.Inputs[i]] = sum;
            }
        }
    }

    /// <summary>No gradient where a fused activation holds the output at one of its limits.</summary>
    private static void Limit(Clamp clamp, Tensor output, float[] gradient)
    {
        if (!clamp.IsActive) return;
        ReadOnlySpan<float> y = output.Elements<float>();
        for (int i = 0; i < gradient.Length; i++)
            if (y[i] <= clamp.Minimum || y[i] >= clamp.Maximum) gradient[i] = 0;
    }

    /// <summary>Adds the gradient of an input; false if there is no rule.</summary>
    private static bool Add(Node node, int input, Tensor[] inputs, Tensor output, float[] gradient, float[] sum)
    {
        switch (node.Operation)
        {
            case Convolution or DepthwiseConvolution or FullyConnected when input == 0:
                AddProducts(new LayerGeometry(node), (float[])inputs[1].Data, gradient, sum);
                return true;
            case Reshape when input == 0:
                for (int i = 0; i < sum.Length; i++) sum[i] += gradient[i];
                return true;
            case Binary { Function: BinaryKind.Add or BinaryKind.Subtract or BinaryKind.Multiply } binary:
                AddBinary(binary.Function, input, inputs, output.Shape, gradient, sum);
                return true;
            case Reduce { Kind: ReduceKind.Mean or ReduceKind.Sum } reduce when Reduce.Axes(node.Inputs) is { } axes:
                AddReduced(reduce, axes, inputs[0].Shape, gradient, sum);
                return true;
            case Pool pool:
                AddPool(pool, inputs[0], output, gradient, sum);
                return true;
            case Unary unary:
                AddUnary(unary, inputs[0], gradient, sum);
                return true;
            default:
                return false;
        }
    }

    private static void AddProducts(LayerGeometry geometry, float[] weights, float[] gradient, float[] sum)
    {
        // [group][output][input]: an output's weights in a row.
        float[] rows = new float[weights.Length];
        for (int group = 0; group < geometry.Groups; group++)
            for (int o = 0; o < geometry.Outputs; o++)
                for (int i = 0; i < geometry.Inputs; i++) rows[geometry.KernelWeight(group, i, o)] = weights[geometry.Weight(group, i, o)];
        float[] patch = new float[geometry.Inputs];
        for (int pixel = 0; pixel < geometry.Pixels; pixel++)
        {
            for (int group = 0; group < geometry.Groups; group++)
            {
                bool isZero = true;
                for (int o = 0; o < geometry.Outputs; o++)
                {
                    float factor = gradient[geometry.Output(pixel, group, o)];
                    if (factor == 0) continue;
                    if (isZero) Array.Clear(patch);
                    isZero = false;
                    SymmetricMatrix.AddScaled(patch, rows.AsSpan(geometry.KernelWeight(group, 0, o), geometry.Inputs), factor);
                }
                if (!isZero) geometry.AddTo(sum, pixel, group, patch);
            }
        }
    }

    private static void AddBinary(BinaryKind function, int input, Tensor[] inputs, Shape output, float[] gradient, float[] sum)
    {
        ReadOnlySpan<float> other = inputs[1 - input].Elements<float>();
        int[] own = Strides(inputs[input].Shape, output), others = Strides(inputs[1 - input].Shape, output);
        float sign = function == BinaryKind.Subtract && input == 1 ? -1 : 1;
        ForElements(output, own, others, gradient, sum, other, function == BinaryKind.Multiply, sign);
    }

    private static void ForElements(
        Shape shape, int[] own, int[] others, float[] gradient, float[] sum, ReadOnlySpan<float> other, bool isProduct, float sign)
    {
        int[] index = new int[shape.Rank];
        for (int i = 0, at = 0, otherAt = 0; i < gradient.Length; i++)
        {
            sum[at] += isProduct ? gradient[i] * other[otherAt] : gradient[i] * sign;
            for (int axis = index.Length - 1; axis >= 0; axis--)
            {
                (at, otherAt) = (at + own[axis], otherAt + others[axis]);
                if (++index[axis] < shape[axis]) break;
                (at, otherAt, index[axis]) = (at - own[axis] * shape[axis], otherAt - others[axis] * shape[axis], 0);
            }
        }
    }

    /// <summary>Elements from one index to the next along each axis of the broadcast shape; 0 where an operand is broadcast.</summary>
    private static int[] Strides(Shape operand, Shape output)
    {
        int[] strides = new int[output.Rank];
        int stride = 1;
        for (int axis = operand.Rank - 1; axis >= 0; axis--)
        {
            if (operand[axis] > 1) strides[axis + output.Rank - operand.Rank] = stride;
            stride *= operand[axis];
        }
        return strides;
    }

    private static void AddReduced(Reduce reduce, int[] axes, Shape x, float[] gradient, float[] sum)
    {
        int[] strides = new int[x.Rank], none = new int[x.Rank];
        int stride = 1;
        for (int axis = x.Rank - 1; axis >= 0; axis--)
        {
            if (axes.Contains(axis)) continue;
            strides[axis] = stride;
            stride *= x[axis];
        }
        float factor = reduce.Kind == ReduceKind.Mean ? gradient.Length / (float)sum.Length : 1;
        int[] index = new int[x.Rank];
        for (int i = 0, at = 0; i < sum.Length; i++)
        {
            sum[i] += gradient[at] * factor;
            for (int axis = index.Length - 1; axis >= 0; axis--)
            {
                at += strides[axis];
                if (++index[axis] < x[axis]) break;
                (at, index[axis]) = (at - strides[axis] * x[axis], 0);
            }
        }
    }

    private static void AddPool(Pool pool, Tensor input, Tensor output, float[] gradient, float[] sum)
    {
        ReadOnlySpan<float> x = input.Elements<float>(), y = output.Elements<float>();
        (int height, int width, int channels) = (input.Shape[1], input.Shape[2], input.Shape[3]);
        int top = pool.Padding.Resolve(0, height, pool.Window.Height, pool.Strides.Height).Before;
        int left = pool.Padding.Resolve(1, width, pool.Window.Width, pool.Strides.Width).Before;
        for (int i = 0; i < gradient.Length; i++)
        {
            (int pixel, int channel) = Math.DivRem(i, channels);
            (int row, int column) = Math.DivRem(pixel, output.Shape[2]);
            (int firstRow, int firstColumn) = (row * pool.Strides.Height - top, column * pool.Strides.Width - left);
            (int endRow, int endColumn) = (Math.Min(firstRow + pool.Window.Height, height), Math.Min(firstColumn + pool.Window.Width, width));
            (firstRow, firstColumn) = (Math.Max(firstRow, 0), Math.Max(firstColumn, 0));
            float share = pool.Kind == PoolKind.Average ? gradient[i] / ((endRow - firstRow) * (endColumn - firstColumn)) : gradient[i];
            for (int from = firstRow; from < endRow; from++)
            {
                for (int at = firstColumn; at < endColumn; at++)
                {
                    int element = (from * width + at) * channels + channel;
                    if (pool.Kind == PoolKind.Average || x[element] == y[i]) sum[element] += share;
                }
            }
        }
    }

    /// <summary>The slope of any function, from two points near each element.</summary>
    private static void AddUnary(Unary unary, Tensor x, float[] gradient, float[] sum)
    {
        const float Near = 1e-2f;
        float[] before = [.. x.Elements<float>()], after = [.. before];
        for (int i = 0; i < before.Length; i++) (before[i], after[i]) = (before[i] - Near, after[i] + Near);
        ReadOnlySpan<float> low = ReferenceOperations.Run(unary, [Tensor.Of(x.Shape, before)])[0].Elements<float>();
        ReadOnlySpan<float> high = ReferenceOperations.Run(unary, [Tensor.Of(x.Shape, after)])[0].Elements<float>();
        for (int i = 0; i < sum.Length; i++) sum[i] += gradient[i] * (high[i] - low[i]) / (2 * Near);
    }
}
