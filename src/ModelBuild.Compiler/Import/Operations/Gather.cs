using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports gathers.</summary>
internal static class GatherImport
{
    /// <summary>Gather: rows.</summary>
    public static Value Rows(ImportContext context) => context.Add(new Gather(0, 0), context[0], context[1]);

    /// <summary>GatherV2: along an axis.</summary>
    public static Value Axis(ImportContext context) =>
        context.Add(new Gather(context.RequireInteger(2, "the axis"), context.Attributes.Integer("batch_dims", 0)), context[0], context[1]);

    /// <summary>GatherNd: by coordinate tuples.</summary>
    public static Value Tuples(ImportContext context)
    {
        RequireErrors(context);
        return context.Add(new GatherNd(), context[0], context[1]);
    }

    /// <summary>Newer versions of TensorFlow may pass over indices outside; without that they are errors.</summary>
    public static void RequireErrors(ImportContext context)
    {
        string policy = context.Attributes.Text("bad_indices_policy", "");
        if (policy is not ("" or "DEFAULT" or "ERROR")) throw context.Unsupported($"the bad_indices_policy {policy} is not supported.");
    }
}
