using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports StridedSlice.</summary>
internal static class StridedSliceImport
{
    public static Value Import(ImportContext context)
    {
        int Mask(string name) => context.Attributes.Integer(name, 0);
        StridedSlice slice = new(Mask("begin_mask"), Mask("end_mask"), Mask("ellipsis_mask"), Mask("new_axis_mask"), Mask("shrink_axis_mask"));
        return context.Add(slice, context[0], context[1], context[2], context[3]);
    }
}
