using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Data;

/// <summary>An input of the model that samples are loaded for.</summary>
/// <param name="Option">The option that names the data, for messages: "CalibrationData".</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">The batch first (or no dimension at all); what is not known takes any size.</param>
/// <param name="Preprocessing">How bytes of pictures become floats; null if the user did not say. Integers are never preprocessed.</param>
internal sealed record SampleInput(string Option, DataType Type, Shape Shape, Preprocessing? Preprocessing)
{
    /// <summary>The data that fit, for messages: "[samples,8,8,1]".</summary>
    public string Expected => Shape switch
    {
        { HasRank: false } => "[samples,...]",
        { Rank: <= 1 } => "[samples]",
        _ => "[samples," + Shape.Of(Shape.Dimensions[1..]).ToString()[1..],
    };

    /// <summary>
    /// The shape of one sample, without batch, of an array <c>[samples, ...]</c>; null if it does not fit. A last dimension of 1
    /// may be missing in the array.
    /// </summary>
    public Shape? SampleOf(Shape array)
    {
        if (array.Rank == 0) return null;
        int[] found = array.ToArray()[1..];
        if (!Shape.HasRank) return Shape.Of(found);
        int[] wanted = Shape.Rank == 0 ? [] : Shape.ToArray()[1..];
        if (wanted.Length == found.Length + 1 && wanted[^1] == 1) found = [.. found, 1];
        if (wanted.Length != found.Length) return null;
        return wanted.Zip(found).All(pair => pair.First == Shape.Unknown || pair.First == pair.Second) ? Shape.Of(found) : null;
    }

    /// <summary>MB2002; <paramref name="message"/> goes on from the file's name.</summary>
    public ModelBuildException Mismatch(string path, string message) =>
        DataErrors.Mismatch(path, $"{Option}: {DataErrors.Name(path)} {message}");

    /// <summary>The shape of one sample as the model takes it: a batch of one.</summary>
    public Shape Batch(Shape sample) => Shape is { HasRank: true, Rank: 0 } ? sample : Shape.Of([1, .. sample.Dimensions]);

    /// <summary>
    /// What makes a tensor of the bytes of one sample: by preprocessing for floating types, without for integers.
    /// </summary>
    /// <param name="path">The file or folder, for messages.</param>
    /// <param name="sample">Shape without batch; its last dimension is the channels.</param>
    /// <exception cref="ModelBuildException">
    /// MB2002: it takes no pixels, or needs a preprocessing; MB6001: the preprocessing is for another number of channels.
    /// </exception>
    public Func<byte[], Tensor> PixelsToTensor(string path, Shape sample)
    {
        Shape batch = Batch(sample);
        if (ElementConversion.IsInteger(Type) && Type != DataType.Int8)
            return pixels => ElementConversion.Convert(new Tensor(DataType.UInt8, batch, pixels), Type);
        if (!ElementConversion.IsFloating(Type))
            throw Mismatch(path, $"holds pixels, but the model's input takes {Type}. Give an .npy file of that type.");
        if (Preprocessing is null)
            throw Mismatch(path, $"holds pixels (uint8), but the model's input takes {Type}. Set Preprocess to what makes its values of "
                + "bytes (such as ZeroToOne), or give an .npy file of float32.");
        int channels = sample.Rank == 0 ? 1 : sample[-1];
        Preprocessing preprocessing = Preprocessing.For(channels);
        return pixels => ElementConversion.Convert(Tensor.Of(batch, preprocessing.Apply(pixels, channels)), Type);
    }
}
