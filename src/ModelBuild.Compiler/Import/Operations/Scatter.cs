using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports scatters.</summary>
internal static class ScatterImport
{
    /// <summary>ScatterNd: indices, updates, shape.</summary>
    public static Value IntoZeros(ImportContext context)
    {
        GatherImport.RequireErrors(context);
        return context.Add(new ScatterNd(), context[0], context[1], context[2]);
    }

    /// <summary>TensorScatterUpdate and its relatives: x, indices, updates.</summary>
    public static Func<ImportContext, Value> Of(ScatterKind kind) => context =>
    {
        GatherImport.RequireErrors(context);
        return context.Add(new TensorScatter(kind), context[0], context[1], context[2]);
    };

    /// <summary>SparseToDense: indices (one, a vector, or a row each), shape, values (one or a vector), default.</summary>
    public static Value SparseToDense(ImportContext context)
    {
        (Value indices, Value values) = (context[0], context[2]);
        if (!indices.Shape.HasRank || !values.Shape.HasRank) throw context.Unsupported("the rank of indices or values is not known.");
        Inference.Require(indices.Shape.Rank <= 2 && values.Shape.Rank <= 1,
            $"indices of {indices.Shape} and values of {values.Shape} are no sparse tensor.");
        int coordinates = indices.Shape.Rank == 2 ? indices.Shape[1] : 1;
        if (coordinates == Shape.Unknown) throw context.Unsupported("the number of coordinates is not known.");
        Value rows = context.AddStep("indices", new Reshape(), indices, context.Constant(-1, coordinates));
        Value count = context.AddStep("count", new Gather(0, 0), context.ShapeOf(rows), context.Constant(0));
        Value updates = context.AddStep("values", new BroadcastTo(), values, count);
        Value background = context.AddStep("default", new Fill(), context[1], context[3]);
        return context.Add(new TensorScatter(ScatterKind.Replace), background, rows, updates);
    }

    /// <summary>InvertPermutation: y[x[i]] = i.</summary>
    public static Value InvertPermutation(ImportContext context)
    {
        Inference.RequireRank(context[0], 1, "the permutation");
        Value shape = context.ShapeOf(context[0], context[0].Type);
        Value length = context.AddStep("length", new Reshape(), shape, context.Constant());
        Value zero = context.Constant(Reference.Tensors.Vector(context[0].Type, [0]).Reshape(Shape.Scalar));
        Value one = context.Constant(Reference.Tensors.Vector(context[0].Type, [1]).Reshape(Shape.Scalar));
        Value places = context.AddStep("places", new Graph.Operations.Range(), zero, length, one);
        Value tuples = context.AddStep("tuples", new Reshape(), context[0], context.Constant(-1, 1));
        return context.Add(new ScatterNd(), tuples, places, shape);
    }
}
