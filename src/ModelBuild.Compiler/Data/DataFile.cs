namespace ModelBuild.Compiler.Data;

/// <summary>Opens files that a user named.</summary>
internal static class DataFile
{
    /// <summary>What <paramref name="read"/> makes of the file.</summary>
    /// <exception cref="Diagnostics.ModelBuildException">MB2001: there is no such file, or the system does not give it.</exception>
    public static T Read<T>(string path, Func<FileStream, T> read)
    {
        if (Directory.Exists(path)) throw DataErrors.Unreadable(path, "is a folder where a file is expected.");
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return read(stream);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw DataErrors.Unreadable(path, "does not exist. Paths are relative to the project.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw DataErrors.Unreadable(path, $"cannot be read: {error.Message}", error);
        }
    }

    /// <summary>All bytes of the file.</summary>
    /// <exception cref="Diagnostics.ModelBuildException">MB2001, as of <see cref="Read"/>.</exception>
    public static byte[] ReadBytes(string path) => Read(path, stream =>
    {
        if (stream.Length > Array.MaxLength) throw DataErrors.Unreadable(path, "has more than 2 GB.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    });
}
