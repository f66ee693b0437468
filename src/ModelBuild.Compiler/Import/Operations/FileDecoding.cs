using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Adds what decodes files in strings.</summary>
internal static class FileDecoding
{
    /// <summary>Adds a decoder of the node's first input; where callers decode files, inputs of the model in its place.</summary>
    /// <param name="context">The node.</param>
    /// <param name="name">Name of the decoder.</param>
    /// <param name="decoder">The operation.</param>
    /// <returns>Its outputs.</returns>
    public static IReadOnlyList<Value> Add(ImportContext context, string name, Operation decoder)
    {
        Value file = context[0];
        DecodedInputs? inputs = context.Scope.Session.Decoded;
        if (inputs?.CanReplace(context.Builder) != true || file.Constant is not null) return context.Builder.AddAll(name, decoder, [file]);
        // Pictures of a format that may be animated are taken for such as are not.
        if (decoder is DecodeImage { Frames: FrameMode.AsStored } image) decoder = image with { Frames = FrameMode.First };
        Value[] outputs = [.. decoder.Infer([file]).Select((output, i) => new Value(NameOf(name, i), output.Type, output.Shape))];
        int[] read = context.Scope.Read(context.Node.Name, outputs.Length);
        return [.. outputs.Select((output, i) =>
            read.Contains(i) ? inputs.Add(output.Name, output.Type, output.Shape) : Scope.Never)];
    }

    private static string NameOf(string node, int output) => new NodeInput(node, output).ToString();
}
