using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>
/// The inputs that a model has in the place of decoders of files, for callers who decode pictures and sounds themselves: what a
/// decoder gives, as a batch of one.
/// </summary>
/// <param name="index">The graph.</param>
/// <param name="builder">Gets the inputs.</param>
/// <param name="shape">Gives the shape of an input by its name, type and (perhaps open) shape.</param>
internal sealed class DecodedInputs(GraphIndex index, GraphBuilder builder, Func<string, DataType, Shape, Shape> shape)
{
    private static readonly HashSet<string> Decoders = new(StringComparer.Ordinal)
    {
        "DecodeAndCropJpeg", "DecodeBmp", "DecodeGif", "DecodeImage", "DecodeJpeg", "DecodePng", "DecodeWav",
    };

    private readonly HashSet<Value> _inputs = [];

    /// <summary>The node decodes files.</summary>
    public static bool IsDecoder(NodeDef node) => Decoders.Contains(node.Op);

    /// <summary>The value is one of the inputs.</summary>
    public bool Contains(Value value) => _inputs.Contains(value);

    /// <summary>A decoder in this graph can be replaced; one in the body of a loop cannot.</summary>
    public bool CanReplace(GraphBuilder decoding) => ReferenceEquals(decoding, builder);

    /// <summary>Adds an input for an output of a decoder.</summary>
    /// <param name="name">Name of the output.</param>
    /// <param name="type">Element type.</param>
    /// <param name="decoded">Its shape, as far as the decoder says.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ModelBuildException">MB1010: the size is not known.</exception>
    public Value Add(string name, DataType type, Shape decoded)
    {
        bool isNumber = decoded is { HasRank: true, Rank: 0 };
        Shape batch = isNumber ? decoded : Shape.Of([1, .. decoded.Dimensions]);
        Shape known = shape(name, type, batch);
        if (!known.IsStatic) throw Open(name, known);
        Value input = builder.Input(name, type, known);
        _inputs.Add(input);
        if (isNumber) return input;
        Value sample = Value.Of($"{name}/shape", Tensor.Of(Shape.Of(known.Rank - 1), known.Dimensions[1..].ToArray()));
        return builder.Add($"{name}/sample", new Reshape(), input, sample);
    }

    private ModelBuildException Open(string name, Shape open)
    {
        string decoder = NodeInput.Parse(name).Node;
        NodeDef? resize = index.Nodes.FirstOrDefault(node => node.Op.StartsWith(nameof(Resize), StringComparison.Ordinal)
            && index.Walk([new NodeInput(node.Name, 0)], static _ => false).Any(output => output.Node == decoder));
        string cut = resize is null ? "" : $", or set Inputs to {resize.Name}, which makes pictures of any size alike";
        return new ModelBuildException(DiagnosticCode.DynamicShape,
            $"what it decodes becomes the model's input {open}, and generated code needs a size. "
            + $"Give CalibrationData, an .npy file of decoded samples or a folder of pictures{cut}.");
    }
}
