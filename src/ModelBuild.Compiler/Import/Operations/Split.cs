using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Split (axis, value), SplitV (value, sizes, axis) and Unpack.</summary>
internal static class SplitImport
{
    public static IReadOnlyList<Value> Equal(ImportContext context) =>
        context.AddAll(new Split(context.RequireInteger(0, "the axis"), context.Attributes.Integer("num_split", 0)), context[1]);

    public static IReadOnlyList<Value> Sizes(ImportContext context) =>
        context.AddAll(new Split(context.RequireInteger(2, "the axis"), context.Attributes.Integer("num_split", 0)), context[0], context[1]);

    public static IReadOnlyList<Value> Unpack(ImportContext context)
    {
        int count = context.Attributes.Integer("num", 0), axis = context.Attributes.Integer("axis", 0);
        return count == 0 ? [] : context.AddAll(new Unpack(axis, count), context[0]);
    }
}
