using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>A call of a layer on its way into the graph.</summary>
/// <param name="layer">The layer.</param>
/// <param name="call">Its arguments.</param>
/// <param name="inputs">The tensors among these, in order.</param>
/// <param name="weights">Its variables.</param>
/// <param name="scope">What names of its nodes begin with.</param>
/// <param name="model">Writes the model around it.</param>
internal sealed class LayerContext(KerasLayer layer, KerasCall call, IReadOnlyList<KerasTensor> inputs, LayerWeights weights, string scope,
    KerasModelWriter model)
{
    // ResizeBilinear and its kin, as tf.image.resize of TensorFlow 2 uses them.
    private const string HalfPixelCenters = "half_pixel_centers";

    public KerasConfig Config => layer.Config;

    public string Name => layer.Name;

    public string ClassName => layer.ClassName;

    public KerasCall Call => call;

    public LayerWeights Weights => weights;

    public KerasModelWriter Model => model;

    public string Scope => scope;

    /// <summary>All tensors that the layer is called with.</summary>
    public IReadOnlyList<KerasTensor> Inputs => inputs;

    /// <summary>The first of them, as float32, in which networks compute.</summary>
    public KerasTensor Input => Float(this[0]);

    /// <summary>A tensor that the layer is called with.</summary>
    public KerasTensor this[int index] => index < inputs.Count ? inputs[index]
        : throw Inference.Error($"it is called with {inputs.Count} tensors.");

    /// <summary>The tensor that is an argument of a name or position; null where there is none.</summary>
    public KerasTensor? Argument(string name, int position)
    {
        int next = 0;
        // In the order of KerasCall.References.
        for (int i = 0; i < call.Arguments.Count; next += call.Arguments[i++].References.Count())
            if (i == position && call.Arguments[i].References.Any()) return inputs[next];
        foreach ((string key, KerasArgument argument) in call.Named.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (key == name && argument.References.Any()) return inputs[next];
            next += argument.References.Count();
        }
        return null;
    }

    /// <summary>Channels stand before the spatial dimensions.</summary>
    public bool ChannelsFirst => Config.Text("data_format", "channels_last") == "channels_first";

    /// <summary>The context of a layer inside this one.</summary>
    public LayerContext Inside(KerasLayer inner, IReadOnlyList<KerasTensor> tensors, LayerWeights innerWeights) =>
        new(inner, new KerasCall([], new Dictionary<string, KerasArgument>()), tensors, innerWeights, $"{scope}/{inner.Name}", model);

    /// <summary>Adds a node named after the layer and a step of it.</summary>
    public KerasTensor Add(string step, string operation, Shape shape, DataType type, IReadOnlyList<KerasTensor> operands,
        params ReadOnlySpan<(string, AttrValue)> attributes) =>
        model.Graph.Add($"{scope}/{step}", operation, shape, type, operands, attributes);

    /// <summary>Adds a node whose only type is T and whose result has the type of the first operand.</summary>
    public KerasTensor Add(string step, string operation, Shape shape, IReadOnlyList<KerasTensor> operands,
        params ReadOnlySpan<(string, AttrValue)> attributes) =>
        Add(step, operation, shape, operands[0].Type, operands, [("T", GraphParts.Type(operands[0].Type)), .. attributes]);

    /// <summary>An element-wise function.</summary>
    public KerasTensor Unary(string operation, KerasTensor x, string? step = null) => Add(step ?? operation, operation, x.Shape, [x]);

    /// <summary>An element-wise operation of two, with broadcasting.</summary>
    public KerasTensor Binary(string operation, KerasTensor a, KerasTensor b, string? step = null) =>
        Add(step ?? operation, operation, Inference.Broadcast(a.Shape, b.Shape), [a, b]);

    public KerasTensor Number(string step, float value) => model.Graph.Constant($"{scope}/{step}", Tensor.Of(Shape.Scalar, [value]));

    public KerasTensor Numbers(string step, Shape shape, float[] values) =>
        model.Graph.Constant($"{scope}/{step}", Tensor.Of(shape, values));

    public KerasTensor Integer(string step, int value) => model.Graph.Constant($"{scope}/{step}", Tensor.Of(Shape.Scalar, [value]));

    public KerasTensor Integers(string step, params int[] values) =>
        model.Graph.Constant($"{scope}/{step}", Tensor.Of(Shape.Of(values.Length), values));

    /// <summary>The tensor in float32.</summary>
    public KerasTensor Float(KerasTensor x) => Cast(x, DataType.Float32);

    public KerasTensor Cast(KerasTensor x, DataType type) => x.Type == type ? x
        : Add("Cast", "Cast", x.Shape, type, [x], ("SrcT", GraphParts.Type(x.Type)), ("DstT", GraphParts.Type(type)));

    /// <summary>The same elements in another shape, of which one dimension may be open.</summary>
    public KerasTensor Reshape(KerasTensor x, string step, params int[] shape)
    {
        if (shape.Count(size => size == Shape.Unknown) > 1) throw Open($"the shape {x.Shape} has more than one open dimension.");
        return Add(step, "Reshape", Shape.Of(shape), x.Type, [x, Integers($"{step}/shape", shape)], ("T", GraphParts.Type(x.Type)),
            ("Tshape", GraphParts.Type(DataType.Int32)));
    }

    public KerasTensor ExpandDims(KerasTensor x, int axis, string step = "ExpandDims")
    {
        List<int> shape = [.. x.Shape.Dimensions];
        shape.Insert(axis < 0 ? axis + x.Rank + 1 : axis, 1);
        return Add(step, "ExpandDims", Shape.Of([.. shape]), x.Type, [x, Integer($"{step}/dim", axis)], ("T", GraphParts.Type(x.Type)),
            ("Tdim", GraphParts.Type(DataType.Int32)));
    }

    public KerasTensor Squeeze(KerasTensor x, int axis, string step = "Squeeze")
    {
        List<int> shape = [.. x.Shape.Dimensions];
        shape.RemoveAt(axis);
        return Add(step, "Squeeze", Shape.Of([.. shape]), [x], ("squeeze_dims", GraphParts.Integers(axis)));
    }

    public KerasTensor Transpose(KerasTensor x, string step, params int[] permutation) =>
        permutation.SequenceEqual(Enumerable.Range(0, x.Rank)) ? x
            : Add(step, "Transpose", Shape.Of([.. permutation.Select(axis => x.Shape[axis])]), x.Type,
                [x, Integers($"{step}/perm", permutation)],
                ("T", GraphParts.Type(x.Type)), ("Tperm", GraphParts.Type(DataType.Int32)));

    /// <summary>The tensor with channels last; from where the layer has them.</summary>
    public KerasTensor ToChannelsLast(KerasTensor x) =>
        !ChannelsFirst || x.Rank < 3 ? x : Transpose(x, "channels_last", [0, .. Enumerable.Range(2, x.Rank - 2), 1]);

    /// <summary>The tensor with channels where the layer has them; from last.</summary>
    public KerasTensor FromChannelsLast(KerasTensor x) =>
        !ChannelsFirst || x.Rank < 3 ? x : Transpose(x, "channels_first", [0, x.Rank - 1, .. Enumerable.Range(1, x.Rank - 2)]);

    /// <summary>Sum, Mean, Max, ... along axes.</summary>
    public KerasTensor Reduce(string operation, KerasTensor x, bool keepDimensions, string? step = null, params int[] axes)
    {
        List<int> shape = [];
        for (int axis = 0; axis < x.Rank; axis++)
            if (!axes.Contains(axis)) shape.Add(x.Shape[axis]);
            else if (keepDimensions) shape.Add(1);
        step ??= operation;
        return Add(step, operation, Shape.Of([.. shape]), x.Type, [x, Integers($"{step}/reduction_indices", axes)],
            ("T", GraphParts.Type(x.Type)), ("Tidx", GraphParts.Type(DataType.Int32)), ("keep_dims", GraphParts.Flag(keepDimensions)));
    }

    /// <summary>Product with a matrix [k,n] over the last dimension.</summary>
    public KerasTensor Product(KerasTensor x, KerasTensor matrix, string step = "MatMul")
    {
        Shape shape = Shape.Of([.. x.Shape.Dimensions[..^1], matrix.Shape[1]]);
        return x.Rank == 2
            ? Add(step, "MatMul", shape, [x, matrix], ("transpose_a", GraphParts.Flag(false)), ("transpose_b", GraphParts.Flag(false)))
            : Add(step, "BatchMatMulV2", shape, [x, matrix], ("adj_x", GraphParts.Flag(false)), ("adj_y", GraphParts.Flag(false)));
    }

    /// <summary>The tensor plus a number a channel, where there is one.</summary>
    public KerasTensor Bias(KerasTensor x, KerasTensor? bias, string step = "BiasAdd") =>
        bias is null ? x : Add(step, "BiasAdd", x.Shape, [x, bias], ("data_format", GraphParts.Text("NHWC")));

    /// <summary>The part of the tensor from begin to end along one axis.</summary>
    public KerasTensor Slice(KerasTensor x, int axis, int begin, int end, string step = "strided_slice")
    {
        int[] begins = new int[x.Rank], ends = new int[x.Rank];
        (begins[axis], ends[axis]) = (begin, end);
        int whole = ((1 << x.Rank) - 1) & ~(1 << axis);
        int[] shape = x.Shape.ToArray();
        shape[axis] = end - begin;
        return Add(step, "StridedSlice", Shape.Of(shape), x.Type,
            [x, Integers($"{step}/stack", begins), Integers($"{step}/stack_1", ends),
                Integers($"{step}/stack_2", [.. Enumerable.Repeat(1, x.Rank)])],
            ("T", GraphParts.Type(x.Type)), ("Index", GraphParts.Type(DataType.Int32)), ("begin_mask", GraphParts.Integer(whole)),
                ("end_mask", GraphParts.Integer(whole)),
            ("ellipsis_mask", GraphParts.Integer(0)), ("new_axis_mask", GraphParts.Integer(0)),
                ("shrink_axis_mask", GraphParts.Integer(0)));
    }

    public KerasTensor Concat(IReadOnlyList<KerasTensor> values, int axis, string step = "concat")
    {
        int[] shape = values[0].Shape.ToArray();
        shape[axis] = values.Any(value => value.Shape[axis] == Shape.Unknown) ? Shape.Unknown : values.Sum(value => value.Shape[axis]);
        return Add(step, "ConcatV2", Shape.Of(shape), values[0].Type, [.. values, Integer($"{step}/axis", axis)],
            ("T", GraphParts.Type(values[0].Type)), ("N", GraphParts.Integer(values.Count)), ("Tidx", GraphParts.Type(DataType.Int32)));
    }

    /// <summary>Stacks values along a new axis.</summary>
    public KerasTensor Pack(IReadOnlyList<KerasTensor> values, int axis, string step = "stack")
    {
        List<int> shape = [.. values[0].Shape.Dimensions];
        shape.Insert(axis, values.Count);
        return Add(step, "Pack", Shape.Of([.. shape]), values[0].Type, values,
            ("T", GraphParts.Type(values[0].Type)), ("N", GraphParts.Integer(values.Count)), ("axis", GraphParts.Integer(axis)));
    }

    /// <summary>Zeros before and after each dimension.</summary>
    public KerasTensor Pad(KerasTensor x, IReadOnlyList<(int Before, int After)> paddings, string step = "Pad")
    {
        if (paddings.All(padding => padding == (0, 0))) return x;
        int[] shape = [.. paddings.Select((padding, axis) => x.Shape[axis] == Shape.Unknown ? Shape.Unknown
            : x.Shape[axis] + padding.Before + padding.After)];
        KerasTensor pairs = model.Graph.Constant($"{scope}/{step}/paddings",
            Tensor.Of(Shape.Of(x.Rank, 2), [.. paddings.SelectMany(padding => (int[])[padding.Before, padding.After])]));
        return Add(step, "Pad", Shape.Of(shape), x.Type, [x, pairs], ("T", GraphParts.Type(x.Type)),
            ("Tpaddings", GraphParts.Type(DataType.Int32)));
    }

    /// <summary>An image [n,h,w,c] in another size, as float32 unless the nearest pixels are taken.</summary>
    public KerasTensor Resize(KerasTensor image, int height, int width, string interpolation)
    {
        string operation = interpolation switch
        {
            "nearest" => "ResizeNearestNeighbor",
            "bilinear" => "ResizeBilinear",
            "bicubic" => "ResizeBicubic",
            "area" => "ResizeArea",
            _ => throw Unsupported($"the interpolation {interpolation} is not supported."),
        };
        Shape shape = Shape.Of(image.Shape[0], height, width, image.Shape[3]);
        (string, AttrValue)[] attributes = [("T", GraphParts.Type(image.Type)), ("align_corners", GraphParts.Flag(false))];
        if (operation != "ResizeArea") attributes = [.. attributes, (HalfPixelCenters, GraphParts.Flag(true))];
        DataType type = interpolation == "nearest" ? image.Type : DataType.Float32;
        return Add($"resize/{operation}", operation, shape, type, [image, Integers("resize/size", height, width)], attributes);
    }

    /// <summary>A dimension that must be known.</summary>
    public int Require(KerasTensor x, int axis, string what) =>
        x.Shape[axis] != Shape.Unknown ? x.Shape[axis] : throw Open($"{what} is open in the shape {x.Shape}.");

    /// <summary>An axis counted from the front.</summary>
    public int Axis(KerasTensor x, int axis) => Inference.Axis(axis, x.Rank);

    /// <summary>The error for a setting that cannot be compiled; the layer's name is put before.</summary>
    public ModelBuildException Unsupported(string what) => new(DiagnosticCode.UnsupportedAttribute, what);

    private static ModelBuildException Open(string what) =>
        new(DiagnosticCode.DynamicShape, $"{what} Only the batch may be open: give the model's input a fixed shape and save it again.");
}
