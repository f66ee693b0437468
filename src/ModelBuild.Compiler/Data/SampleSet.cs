using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Data;

/// <summary>Samples for one input of a model, made when they are asked for.</summary>
internal abstract class SampleSet(string path, Shape sampleShape)
{
    /// <summary>The file or folder they come from, for messages.</summary>
    public string Path { get; } = path;

    /// <summary>Shape of a sample without the batch; static.</summary>
    public Shape SampleShape { get; } = sampleShape;

    /// <summary>How many there are, at least one.</summary>
    public abstract int Count { get; }

    /// <summary>The pictures that the samples are, in their order; null for arrays.</summary>
    public virtual ImageFolder? Images => null;

    /// <summary>A sample in the input's type, a batch of one; made anew each time.</summary>
    /// <exception cref="Diagnostics.ModelBuildException">MB2001: a picture turns out to be damaged.</exception>
    public abstract Tensor this[int index] { get; }

    /// <summary>
    /// Samples of an .npy file <c>[samples, ...]</c> or a folder of pictures. Arrays of floats are the input's own values, those of
    /// uint8 for an input of floats are pixels, to be preprocessed as pictures are.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="optionName">The option that names it, for messages.</param>
    /// <param name="type">The input's element type.</param>
    /// <param name="inputShape">The input's shape, the batch first; what is not known takes any size.</param>
    /// <param name="preprocessing">What the user said about pixels.</param>
    /// <exception cref="Diagnostics.ModelBuildException">
    /// MB2001: missing or unreadable; MB2002: another shape or type, or no samples; MB2003: NaN or infinity; MB6001: the
    /// preprocessing is for another number of channels.
    /// </exception>
    public static SampleSet Load(string path, string optionName, DataType type, Shape inputShape, Preprocessing? preprocessing)
    {
        SampleInput input = new(optionName, type, inputShape, preprocessing);
        if (Directory.Exists(path)) return ImageSampleSet.Load(path, input);
        if (File.Exists(path)) return ArraySampleSet.Load(path, input);
        throw DataErrors.Unreadable(path, $"does not exist; {optionName} names it. Give an .npy file [samples, ...] or a folder of PNG and "
            + "JPEG images, relative to the project.");
    }

    /// <summary>
    /// Samples for each input, equally many: for a single input as <see cref="Load"/>, for several from a folder with an .npy file an
    /// input, see <see cref="FileNameOf"/>.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="optionName">The option that names it, for messages.</param>
    /// <param name="inputs">The model's inputs.</param>
    /// <param name="preprocessing">What the user said about pixels.</param>
    /// <returns>In the order of the inputs.</returns>
    /// <exception cref="Diagnostics.ModelBuildException">
    /// As <see cref="Load"/>; MB2002 also if the folder does not hold all files, or unequally many samples.
    /// </exception>
    public static IReadOnlyList<SampleSet> LoadAll(
        string path, string optionName, IReadOnlyList<Value> inputs, Preprocessing? preprocessing)
    {
        if (inputs.Count == 1) return [Load(path, optionName, inputs[0].Type, inputs[0].Shape, preprocessing)];
        string[] files = [.. inputs.Select(input => FileNameOf(input.Name))];
        string all = string.Join(", ", files);
        if (!Directory.Exists(path) && !File.Exists(path))
            throw DataErrors.Unreadable(path, $"does not exist; {optionName} names it. The model has several inputs: give "
                + $"a folder that holds {all}.");
        if (files.Distinct(StringComparer.Ordinal).Count() < files.Length)
            throw DataErrors.Mismatch(path, $"{optionName}: several inputs of the model would read the same file of {all}. "
                + "Rename one in the model.");
        if (files.FirstOrDefault(file => !File.Exists(PathOf(file))) is { } missing)
            throw DataErrors.Mismatch(path, $"{optionName}: the model has several inputs, but {DataErrors.Name(path)} is no "
                + $"folder with {missing}. Give a folder that holds {all}.");

        SampleSet[] sets = [.. inputs.Zip(files, (input, file) => Load(PathOf(file), optionName, input.Type, input.Shape, preprocessing))];
        foreach ((SampleSet set, string file) in sets.Zip(files))
            if (set.Count != sets[0].Count)
                throw DataErrors.Mismatch(set.Path, $"{optionName}: {file} holds {set.Count} samples, but {files[0]} "
                    + $"{sets[0].Count}. Give equally many for all inputs.");
        return sets;

        string PathOf(string file) => System.IO.Path.Combine(path, file);
    }

    /// <summary>The file in a folder of data that belongs to an input: "scope/image:1" has "scope_image_1.npy".</summary>
    public static string FileNameOf(string input) => input.Replace('/', '_').Replace(':', '_') + ".npy";
}
