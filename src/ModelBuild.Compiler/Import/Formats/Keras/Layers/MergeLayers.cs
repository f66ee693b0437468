using System.Text.Json;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Layers of several inputs.</summary>
internal static class MergeLayers
{
    private const float UnitEpsilon = 1e-12f;

    /// <summary>The inputs combined element by element, from the left; numbers may stand among them.</summary>
    public static Func<LayerContext, KerasTensor> Binary(string operation) => c =>
    {
        KerasTensor[] values = Operands(c);
        Inference.Require(values.Length > 0, "it is called without tensors.");
        return values.Skip(1).Aggregate(values[0], (sum, value) => c.Binary(operation, sum, value));
    };

    public static KerasTensor Average(LayerContext c)
    {
        KerasTensor[] values = Operands(c);
        KerasTensor sum = values.Skip(1).Aggregate(values[0], (all, value) => c.Binary("AddV2", all, value));
        return c.Binary("RealDiv", sum, c.Number("truediv/y", values.Length), "truediv");
    }

    public static KerasTensor Concatenate(LayerContext c)
    {
        KerasTensor[] values = [.. c.Inputs];
        if (values.Select(value => value.Type).Distinct().Count() > 1) values = [.. values.Select(c.Float)];
        Inference.Require(values.Length > 0, "it is called without tensors.");
        int axis = c.Axis(values[0],
            c.Config.Integer("axis", c.Call.Named.TryGetValue("axis", out KerasArgument? named) ? FunctionLayers.Integer(named) : -1));
        return values.Length == 1 ? values[0] : c.Concat(values, axis);
    }

    /// <summary>Products of the samples of two inputs along an axis of each.</summary>
    public static KerasTensor Dot(LayerContext c)
    {
        KerasTensor x = c.Float(c[0]), y = c.Float(c[1]);
        int[] axes = c.Config.Integers("axes") ?? [-1];
        int a = c.Axis(x, axes[0]), b = c.Axis(y, axes[^1]);
        if (x.Rank is < 2 or > 3 || y.Rank is < 2 or > 3 || a == 0 || b == 0)
            throw c.Unsupported($"products of {x.Shape} and {y.Shape} along axes {a} and {b} are not supported.");
        if (c.Config.Flag("normalize", false)) (x, y) = (Unit(c, x, a, "l2_normalize"), Unit(c, y, b, "l2_normalize_1"));
        // [n,k,i] and [n,k,j], where a missing i or j is a single one.
        KerasTensor left = x.Rank == 3 ? x : c.ExpandDims(x, 2), right = y.Rank == 3 ? y : c.ExpandDims(y, 2, "ExpandDims_1");
        Shape shape = Shape.Of(x.Shape[0], left.Shape[3 - a], right.Shape[3 - b]);
        KerasTensor product =
            c.Add("MatMul", "BatchMatMulV2", shape, [left, right], ("adj_x", GraphParts.Flag(a == 1)), ("adj_y", GraphParts.Flag(b == 2)));
        if (x.Rank == 2 && y.Rank == 2) return c.Squeeze(product, 1);
        return x.Rank == 2 ? c.Squeeze(product, 1) : y.Rank == 2 ? c.Squeeze(product, 2) : product;
    }

    /// <summary>All arguments as float32 tensors; those of fewer dimensions get more behind the batch.</summary>
    private static KerasTensor[] Operands(LayerContext c)
    {
        List<KerasTensor> values = [];
        int next = 0;
        foreach (KerasArgument argument in c.Call.Arguments.Count > 0
            ? c.Call.Arguments.Concat(c.Call.Named.Where(pair => pair.Key is "x" or "y" or "x1" or "x2").Select(pair => pair.Value))
                : c.Inputs.Select(_ => new KerasArgument.Tensor(default)))
        {
            int tensors = argument.References.Count();
            for (int i = 0; i < tensors; i++) values.Add(c.Float(c[next++]));
            if (tensors == 0 && argument is KerasArgument.Constant { Value.ValueKind: JsonValueKind.Number } number)
                values.Add(c.Number("Const", number.Value.GetSingle()));
        }
        int rank = values.Count > 0 ? values.Max(value => value.Rank) : 0;
        for (int i = 0; i < values.Count; i++)
            while (values[i].Rank > 0 && values[i].Rank < rank) values[i] = c.ExpandDims(values[i], 1);
        return [.. values];
    }

    private static KerasTensor Unit(LayerContext c, KerasTensor x, int axis, string step)
    {
        KerasTensor square = c.Reduce("Sum", c.Unary("Square", x, $"{step}/Square"), true, $"{step}/Sum", axis);
        return c.Binary("Mul", x,
            c.Unary("Rsqrt", c.Binary("Maximum", square, c.Number($"{step}/Maximum/y", UnitEpsilon), $"{step}/Maximum"), $"{step}/Rsqrt"),
                step);
    }
}
