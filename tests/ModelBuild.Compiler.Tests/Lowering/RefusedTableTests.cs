using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Tests.Lowering;

/// <summary>README's table of what cannot be compiled is that of the code; MODELBUILD_UPDATE_BASELINES=1 writes it.</summary>
public class RefusedTableTests
{
    private const string Begin = "<!-- refused: begin -->\n", End = "<!-- refused: end -->";

    [Fact]
    public void Readme_lists_what_cannot_be_compiled_and_why()
    {
        string path = Repository.Path("README.md"), text = File.ReadAllText(path).ReplaceLineEndings("\n");
        int from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, to = text.IndexOf(End, StringComparison.Ordinal);
        string table = "| operation | why not |\n| --- | --- |\n" + string.Concat(LoweringOperations.Refused
            .GroupBy(entry => entry.Reason, entry => entry.Operation.Name).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"| {string.Join(", ", group.Order(StringComparer.Ordinal).Select(name => $"`{name}`"))} | {group.Key} |\n"));
        if (Environment.GetEnvironmentVariable("MODELBUILD_UPDATE_BASELINES") == "1") File.WriteAllText(path, text[..from] + table + text[to..]);
        else Assert.Equal(table, text[from..to]);
    }
}
