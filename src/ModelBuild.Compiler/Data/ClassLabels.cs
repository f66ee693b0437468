using System.Globalization;
using System.Runtime.InteropServices;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Data;

/// <summary>The class of each sample, as an index into the network's outputs.</summary>
internal static class ClassLabels
{
    /// <summary>
    /// Class indices from <paramref name="labelsPath"/>, an .npy file of integers <c>[samples]</c> or <c>[samples, 1]</c> or of one-hot
    /// rows <c>[samples, classes]</c>; without it, from the folders that pictures lie in. A folder's name is a class by
    /// <paramref name="names"/> if all are found there, else by the number it is if all are numbers, else by its place in
    /// ordinal order among the folders.
    /// </summary>
    /// <param name="samples">The samples to be labelled.</param>
    /// <param name="labelsPath">The option ValidationLabels, or null.</param>
    /// <param name="names">Names of the classes, or null.</param>
    /// <param name="classes">Number of classes; 2 where one output tells two apart.</param>
    /// <returns>An index a sample; null if nothing tells them.</returns>
    /// <exception cref="ModelBuildException">MB2001: unreadable; MB2002: another count, type or shape, no such class.</exception>
    public static int[]? Load(SampleSet samples, string? labelsPath, IReadOnlyList<string>? names, int classes)
    {
        if (labelsPath is not null) return FromFile(labelsPath, samples.Count, classes);
        return samples.Images is { } images ? FromFolders(images, names ?? [], classes) : null;
    }

    private static int[] FromFile(string path, int samples, int classes)
    {
        Tensor tensor = NpyFile.Read(path);
        Shape shape = tensor.Shape;
        bool indices = ElementConversion.IsInteger(tensor.Type) && (shape.Rank == 1 || shape.Rank == 2 && shape[1] == 1);
        if (!indices && !(shape.Rank == 2 && shape[1] == classes && tensor.Type is not (DataType.Complex64 or DataType.Complex128)))
            throw Mismatch(path, $"holds {tensor}. Give class indices as integers [samples], or one-hot rows [samples,{classes}]");
        if (shape[0] != samples)
            throw Mismatch(path, $"holds {shape[0]} labels, but ValidationData {samples} samples. Give a label for each sample");
        return indices ? Indices(path, tensor, classes) : OneHot(path, tensor, classes);
    }

    private static int[] Indices(string path, Tensor tensor, int classes)
    {
        // As a signed number, an index of 2^63 and more is out of any range too.
        ReadOnlySpan<long> indices = tensor.Type == DataType.UInt64
            ? MemoryMarshal.Cast<ulong, long>(tensor.Elements<ulong>())
            : ElementConversion.Convert(tensor, DataType.Int64).Elements<long>();
        int[] labels = new int[indices.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= classes)
                throw Mismatch(path, $"gives sample {i} the label {indices[i]}, but the model's {classes} classes are 0 to {classes - 1}. "
                    + "Give indices of its outputs");
            labels[i] = (int)indices[i];
        }
        return labels;
    }

    private static int[] OneHot(string path, Tensor tensor, int classes)
    {
        bool[] isOne = Ones(path, tensor);
        int[] labels = new int[tensor.Shape[0]];
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<bool> row = isOne.AsSpan(i * classes, classes);
            labels[i] = row.IndexOf(true);
            if (row.Count(true) != 1)
                throw Mismatch(path, $"has {row.Count(true)} ones in row {i}. Give rows with a single 1, or class indices as integers");
        }
        return labels;
    }

    private static bool[] Ones(string path, Tensor tensor)
    {
        if (tensor.Type == DataType.Bool) return (bool[])tensor.Data;
        double[] numbers = ElementConversion.ToDoubles(tensor);
        if (Array.FindIndex(numbers, number => number is not (0 or 1)) is >= 0 and var other)
            throw Mismatch(path, string.Create(CultureInfo.InvariantCulture, $"has {numbers[other]} in row {other / tensor.Shape[1]}, ")
                + "where one-hot rows have 0 and 1. Give class indices as integers [samples]");
        return Array.ConvertAll(numbers, number => number == 1);
    }

    private static int[]? FromFolders(ImageFolder images, IReadOnlyList<string> names, int classes)
    {
        string?[] folders = [.. images.Files.Select((_, index) => images.FolderOf(index))];
        string[] used = [.. folders.OfType<string>().Distinct()];
        if (used.Length == 0) return null;
        if (Array.IndexOf(folders, null) is >= 0 and var alone)
            throw DataErrors.Mismatch(images.Root, $"ValidationData: {images.Files[alone]} lies in no sub-folder, where other images do. "
                + "Put each into the sub-folder of its class.");

        Dictionary<string, int> classOf = ClassOfFolders(images, used, names);
        if (used.FirstOrDefault(folder => classOf[folder] >= classes) is { } outside)
            throw DataErrors.Mismatch(images.Root, $"ValidationData: the sub-folder {outside} is class {classOf[outside]}, but the model's "
                + $"{classes} classes are 0 to {classes - 1}. Name the sub-folders as in Labels, or by class index.");
        return [.. folders.Select(folder => classOf[folder!])];
    }

    private static Dictionary<string, int> ClassOfFolders(ImageFolder images, string[] used, IReadOnlyList<string> names)
    {
        string[] unnamed = [.. used.Where(folder => !names.Contains(folder, StringComparer.Ordinal))];
        if (unnamed.Length == 0) return ByFolder(used, (folder, _) => names.TakeWhile(name => name != folder).Count());
        if (used.All(folder => Index(folder) is not null)) return ByFolder(used, (folder, _) => Index(folder)!.Value);
        // To go by order when a name is only misspelt would count right answers as wrong.
        if (unnamed.Length < used.Length)
            throw DataErrors.Mismatch(images.Root, $"ValidationData: the sub-folder {unnamed[0]} is not a class of Labels, but "
                + $"{used.Except(unnamed).First()} is. Name all sub-folders as in Labels.");
        return ByFolder(images.Folders, (_, place) => place);
    }

    private static Dictionary<string, int> ByFolder(IReadOnlyList<string> folders, Func<string, int, int> classOf) =>
        folders.Select((folder, place) => (folder, Class: classOf(folder, place))).ToDictionary(pair => pair.folder, pair => pair.Class);

    private static int? Index(string folder) =>
        int.TryParse(folder, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null;

    private static ModelBuildException Mismatch(string path, string what) =>
        DataErrors.Mismatch(path, $"ValidationLabels: {DataErrors.Name(path)} {what}.");
}
