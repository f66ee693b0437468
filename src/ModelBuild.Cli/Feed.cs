using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;

namespace ModelBuild.Cli;

/// <summary>What a user hands to an input: "image=x.npy", or "x.npy" for the only one.</summary>
/// <param name="Name">Of the input; null for the only one.</param>
/// <param name="Path">The .npy file.</param>
/// <param name="Tensor">What is in it.</param>
internal sealed record Feed(string? Name, string Path, Tensor Tensor)
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="ModelBuildException">MB2001.</exception>
    public static Feed Read(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        // A path may hold an equals sign too.
        if (equals < 0 || File.Exists(text)) return new Feed(null, text, NpyFile.Read(Paths.Full(text, "--in")));
        string path = Paths.Full(text[(equals + 1)..], $"--in {text}");
        return new Feed(NodeInput.Parse(text[..equals]).ToString(), path, NpyFile.Read(path));
    }

    /// <summary>The feed of an input.</summary>
    /// <exception cref="ModelBuildException">MB1007: there is none.</exception>
    public static Feed Of(string input, IReadOnlyList<Feed> feeds, IReadOnlyList<string> inputs)
    {
        if (feeds.FirstOrDefault(feed => feed.Name == input) is { } named) return named;
        if (inputs.Count == 1 && feeds is [{ Name: null } only]) return only;
        throw new ModelBuildException(DiagnosticCode.AmbiguousPorts,
            $"Nothing is given for the input {input}. Give each with --in name=file.npy; the inputs are {string.Join(", ", inputs)}.");
    }

    /// <summary>Every named feed belongs to an input.</summary>
    /// <exception cref="ModelBuildException">MB1007: one does not.</exception>
    public static void RequireKnown(IReadOnlyList<Feed> feeds, IReadOnlyList<string> inputs)
    {
        if (feeds.FirstOrDefault(feed => feed.Name is not null && !inputs.Contains(feed.Name)) is not { } unknown) return;
        throw new ModelBuildException(DiagnosticCode.AmbiguousPorts,
            $"--in names {unknown.Name}, which is no input that the outputs depend on. The inputs are {string.Join(", ", inputs)}.");
    }

    /// <summary>The tensor in an input's type: pixels are preprocessed, bytes may be a string.</summary>
    /// <exception cref="ModelBuildException">MB2002: it cannot become that type.</exception>
    public Tensor As(DataType type, Preprocessing? preprocessing)
    {
        if (Tensor.Type == type) return Tensor;
        if (type == DataType.String && Tensor.Type == DataType.UInt8) return new Tensor(type, Shape.Scalar, new[] { (byte[])Tensor.Data });
        if (preprocessing is not null && Tensor.Type == DataType.UInt8 && ElementConversion.IsFloating(type))
        {
            float[] values = preprocessing.Apply((byte[])Tensor.Data, Tensor.Shape.Rank == 0 ? 1 : Tensor.Shape[-1]);
            return ElementConversion.Convert(Tensor.Of(Tensor.Shape, values), type);
        }
        try
        {
            if (ElementConversion.CanConvert(Tensor.Type, type)) return ElementConversion.Convert(Tensor, type);
        }
        catch (OverflowException error)
        {
            throw Mismatch($"The array holds numbers that {type} does not have. Correct the array.", error);
        }
        string advice = Tensor.Type == DataType.UInt8 ? "Say with --preprocess how bytes become its values, or save" : "Save";
        throw Mismatch($"The array holds {Tensor.Type}, but the input takes {type}. {advice} the array in that type.");
    }

    /// <summary>MB2002 for this file.</summary>
    public ModelBuildException Mismatch(string message, Exception? inner = null) => new(DiagnosticCode.DataMismatch, message, Path, inner);
}
