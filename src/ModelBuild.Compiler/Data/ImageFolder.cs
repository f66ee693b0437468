namespace ModelBuild.Compiler.Data;

/// <summary>
/// The pictures below a folder: all .png, .jpg and .jpeg files (in any case) at any depth, in ordinal order of their paths with
/// '/' between, so that the order is the same on all systems. What begins with a dot does not count.
/// </summary>
/// <param name="Root">Path of the folder.</param>
/// <param name="Files">Paths relative to it.</param>
/// <param name="Folders">Names of the folders directly in it, empty ones too, in ordinal order.</param>
internal sealed record ImageFolder(string Root, IReadOnlyList<string> Files, IReadOnlyList<string> Folders)
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 16, // A link to a folder above itself would go on for long.
        IgnoreInaccessible = false,
        AttributesToSkip = 0,
    };

    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg"];

    /// <exception cref="Diagnostics.ModelBuildException">MB2001: the folder cannot be listed; MB2002: it holds no pictures.</exception>
    public static ImageFolder Open(string path)
    {
        try
        {
            string[] files = [.. Relative(Directory.EnumerateFiles(path, "*", Everything))
                .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))];
            if (files.Length == 0)
                throw DataErrors.Mismatch(path, $"There are no PNG or JPEG images in the folder {DataErrors.Name(path)}. "
                    + "Put some there, or give an .npy file.");
            return new ImageFolder(path, files, [.. Relative(Directory.EnumerateDirectories(path))]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DataErrors.Unreadable(path, $"cannot be listed: {error.Message}", error);
        }

        IEnumerable<string> Relative(IEnumerable<string> paths) => paths
            .Select(found => Path.GetRelativePath(path, found).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(found => !found.Split('/').Any(part => part.StartsWith('.')))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Path of a picture.</summary>
    public string FullPath(int index) => Path.Combine(Root, Files[index]);

    /// <summary>The folder, directly in this one, that a picture lies in at whatever depth; null if in none.</summary>
    public string? FolderOf(int index) => Files[index].IndexOf('/') is >= 0 and var slash ? Files[index][..slash] : null;
}
