using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Pad, PadV2 and MirrorPad.</summary>
internal static class PadImport
{
    public static Value Import(ImportContext context) => context.Add(new Pad(PadMode.Constant), context.Inputs);

    public static Value Mirror(ImportContext context)
    {
        string mode = context.Attributes.Text("mode", "");
        return context.Add(new Pad(mode switch
        {
            "REFLECT" => PadMode.Reflect,
            "SYMMETRIC" => PadMode.Symmetric,
            _ => throw context.Unsupported($"the mode {mode} is not known."),
        }), context[0], context[1]);
    }
}
