using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports what moves blocks of pixels into channels or into the batch, and back.</summary>
internal static class BlocksImport
{
    public static Value SpaceToDepth(ImportContext context)
    {
        Layout layout = new(context);
        return layout.Out(context.Add(new SpaceToDepth(context.Attributes.Integer("block_size", 0)), layout.In(context[0])));
    }

    public static Value DepthToSpace(ImportContext context)
    {
        Layout layout = new(context);
        return layout.Out(context.Add(new DepthToSpace(context.Attributes.Integer("block_size", 0)), layout.In(context[0])));
    }

    /// <summary>SpaceToBatchND (x, block, paddings), and SpaceToBatch (x, paddings) over images.</summary>
    public static Value SpaceToBatch(ImportContext context) => context.Add(new SpaceToBatch(), Operands(context));

    /// <summary>BatchToSpaceND (x, block, crops), and BatchToSpace (x, crops) over images.</summary>
    public static Value BatchToSpace(ImportContext context) => context.Add(new BatchToSpace(), Operands(context));

    private static Value[] Operands(ImportContext context)
    {
        if (context.Operation.EndsWith("ND", StringComparison.Ordinal)) return [context[0], context[1], context[2]];
        int block = context.Attributes.Integer("block_size", 0);
        return [context[0], context.Constant(block, block), context[1]];
    }
}
