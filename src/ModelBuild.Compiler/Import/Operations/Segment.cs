using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports reductions of segments.</summary>
internal static class SegmentImport
{
    /// <summary>SegmentSum and its relatives: x, ids in ascending order.</summary>
    public static Func<ImportContext, Value> Sorted(SegmentKind kind) => context => context.Add(new Segment(kind, true), context[0], context[1]);

    /// <summary>UnsortedSegmentSum and its relatives: x, ids, number of segments.</summary>
    public static Func<ImportContext, Value> Unsorted(SegmentKind kind) => context => context.Add(new Segment(kind, false), context.Inputs);

    /// <summary>SparseSegmentSum and its relatives: x, indices of its rows, ids in ascending order, perhaps the number of segments.</summary>
    public static Func<ImportContext, Value> Sparse(SegmentKind kind) => context =>
    {
        context.Attributes.Ignore("sparse_gradient");
        Value rows = context.AddStep("rows", new Gather(0, 0), context[0], context[1]);
        return context.Add(new Segment(kind, true), [rows, .. context.Inputs.Skip(2)]);
    };
}
