using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Generator.Emission;

namespace ModelBuild.Generator.Tests;

/// <summary>The choice of kernel sources: all that is needed, and not much more.</summary>
public class KernelSourcesTests
{
    [Fact]
    public void What_a_type_needs_compiles_without_the_rest()
    {
        CSharpParseOptions parse = Harness.Parse(LanguageVersion.CSharp12);
        Dictionary<string, SyntaxTree> trees = KernelSources.All.ToDictionary(file => file, file => CSharpSyntaxTree.ParseText(KernelSources.Emit(file), parse));
        CSharpCompilation attribute = Harness.Compilation(parse, source: "namespace Microsoft.CodeAnalysis { internal sealed class EmbeddedAttribute : System.Attribute; }");
        foreach (IReadOnlyList<string> needed in KernelSources.Types.Select(type => KernelSources.Needed([type])).Distinct())
        {
            IEnumerable<Diagnostic> errors = attribute.AddSyntaxTrees(needed.Select(file => trees[file])).GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !diagnostic.IsSuppressed);
            Assert.Empty(errors);
        }
    }

    [Fact]
    public void No_file_is_out_of_reach() => Assert.Equal(KernelSources.All.Order(StringComparer.Ordinal), KernelSources.Needed(KernelSources.Types));

    [Fact]
    public void A_copy_needs_no_convolution()
    {
        Assert.Equal(
            ["BufferChecks", "CopyOut", "DividedLayer", "FlatBuffer", "IDividedWork", "ImageBuffer", "ImageTile", "Layer", "Shapes", "ThreadTeam", "Workspace"],
            KernelSources.Needed(["CopyOut"]));
        Assert.Empty(KernelSources.Needed(["Unknown"]));
    }
}
