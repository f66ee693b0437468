using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import;

/// <summary>What a user says about the graph's ends, and how it is imported.</summary>
internal sealed record ImportOptions
{
    /// <summary>Names of the inputs; empty takes the placeholders that the outputs depend on.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Names of the outputs; empty takes what no node reads.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Name of the signature of a SavedModel; null takes "serving_default", or the only one.</summary>
    public string? Signature { get; init; }

    /// <summary>Gives the shape to assume for an input of a name and (perhaps open) shape; the default makes an open batch 1.</summary>
    public Func<string, Shape, Shape> InputShape { get; init; } = static (_, shape) => OneSample(shape);

    /// <summary>
    /// Gives the shape of an input that takes the place of a decoder of files, by its name, type and (perhaps open) shape, a batch of
    /// one; null where the graph itself decodes the files that it is given as strings.
    /// </summary>
    public Func<string, DataType, Shape, Shape>? DecodedShape { get; init; }

    /// <summary>Loops of a known number of rounds up to this are written out, longer ones are kept.</summary>
    public int MostRounds { get; init; } = 1 << 11;

    /// <summary>What the options of a model say.</summary>
    public static ImportOptions Of(ModelOptions options) =>
        new() { Inputs = Names(options.Inputs), Outputs = Names(options.Outputs), Signature = options.Signature };

    /// <summary>The shape with an open first dimension, the batch, as 1.</summary>
    public static Shape OneSample(Shape shape) =>
        shape.HasRank && shape.Rank > 0 && shape[0] == Shape.Unknown ? Shape.Of([1, .. shape.Dimensions[1..]]) : shape;

    /// <summary>Names separated by semicolons or commas, without ":0".</summary>
    public static IReadOnlyList<string> Names(string? text) =>
        [.. (text ?? "").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => NodeInput.Parse(name).ToString())];
}
