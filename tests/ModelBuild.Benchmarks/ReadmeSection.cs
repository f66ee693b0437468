namespace ModelBuild.Benchmarks;

/// <summary>A part of README.md that a command writes, between two comments with its name.</summary>
internal static class ReadmeSection
{
    /// <summary>Replaces the part of a name.</summary>
    /// <exception cref="InvalidDataException">README.md has no such part.</exception>
    public static void Write(string name, string content)
    {
        string path = Path.Combine(Repository.Root, "README.md"), text = File.ReadAllText(path);
        string start = $"<!-- {name}: begin -->\n", end = $"<!-- {name}: end -->";
        int from = text.IndexOf(start, StringComparison.Ordinal), to = text.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from) throw new InvalidDataException($"{path} has no lines {start.Trim()} and {end}.");
        File.WriteAllText(path, text[..(from + start.Length)] + content + text[to..]);
    }
}
