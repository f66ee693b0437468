using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Checking;

/// <summary>Finds cases in folders.</summary>
internal static class CheckCases
{
    /// <summary>The cases in the folders and all folders below, sorted by family and name.</summary>
    /// <param name="folders">Where to look; a case itself counts.</param>
    /// <param name="family">Only cases of this family; null takes all.</param>
    /// <exception cref="ModelBuildException">MB2001: a folder does not exist or cannot be read.</exception>
    public static IReadOnlyList<CheckCase> Find(IEnumerable<string> folders, string? family = null) =>
        [.. folders.SelectMany(Find)
            .Where(found => family is null || string.Equals(found.Family, family, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(found => Path.GetFullPath(found.ModelPath))
            .OrderBy(found => found.Family, StringComparer.Ordinal).ThenBy(found => found.Name, StringComparer.Ordinal)];

    private static IEnumerable<CheckCase> Find(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new ModelBuildException(DiagnosticCode.DataUnreadable,
                "The folder of cases does not exist. Name a folder that holds cases or folders of them.", folder);
        }
        return Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Prepend(folder)
            .Select(CheckCase.Read).OfType<CheckCase>();
    }
}
