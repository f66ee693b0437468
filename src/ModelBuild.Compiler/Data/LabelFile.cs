using System.Text;

namespace ModelBuild.Compiler.Data;

/// <summary>The names of the classes: a text file with one a line, in the order of the network's outputs.</summary>
internal static class LabelFile
{
    /// <summary>
    /// The names without surrounding spaces. Empty lines at the end do not count, one between names is a class without a name;
    /// names may occur more than once.
    /// </summary>
    /// <exception cref="Diagnostics.ModelBuildException">MB2001: missing or no UTF-8; MB2002: no names.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        List<string> lines = DataFile.Read(path, stream =>
        {
            List<string> lines = [];
            // Recognises the byte order marks of UTF-8 and UTF-16.
            using StreamReader reader = new(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
            try
            {
                while (reader.ReadLine() is { } line) lines.Add(line.Trim());
            }
            catch (DecoderFallbackException error)
            {
                throw DataErrors.Unreadable(path, "is no text in UTF-8. Save it as UTF-8, with the name of one class a line.", error);
            }
            return lines;
        });
        int count = lines.FindLastIndex(line => line.Length > 0) + 1;
        if (count == 0) throw DataErrors.Mismatch(path, $"{DataErrors.Name(path)} names no classes. Write the name of one class a line.");
        return lines.GetRange(0, count);
    }
}
