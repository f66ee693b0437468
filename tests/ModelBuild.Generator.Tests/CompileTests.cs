using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelBuild.Generator.Tests;

/// <summary>What is generated compiles without a warning, whatever the consumer's settings.</summary>
public class CompileTests
{
    // What ImplicitUsings adds to a web project, the longest list.
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    // Names that the generated code uses, taken by the consumer.
    private const string Squatters = """
        namespace Samples
        {
            internal class Layer; internal class Workspace; internal class ImageBuffer; internal class System; internal class ModelBuild;
            internal class Array; internal class ReadOnlySpan; internal class WorkspacePool;
        }
        internal class Layer; internal class Workspace; internal class Span;
        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Latest)]
    [InlineData(LanguageVersion.Preview)]
    public void Every_language_version_from_12(LanguageVersion version) => AssertClean(Harness.Parse(version), Harness.Strict, "");

    [Theory]
    [InlineData("")]
    [InlineData(ImplicitUsings)]
    [InlineData(Squatters)]
    public void Whatever_stands_around_it(string source) => AssertClean(Harness.Parse(), Harness.Strict, source);

    [Fact]
    public void Without_nullable_and_with_checked_arithmetic() => AssertClean(
        Harness.Parse(), Harness.Strict.WithNullableContextOptions(NullableContextOptions.Disable).WithOverflowChecks(true), "");

    [Fact]
    public void All_kernels_at_once()
    {
        CSharpParseOptions parse = Harness.Parse(LanguageVersion.CSharp12);
        // Sources that no plan asks for are added by hand.
        Compilation output = Harness.Generate(Harness.Compilation(parse), parse, SamplePlans.Tiny);
        HashSet<string> present = [.. output.SyntaxTrees.Select(tree => Path.GetFileName(tree.FilePath))];
        output = output.AddSyntaxTrees(Emission.KernelSources.All
            .Where(file => !present.Contains($"ModelBuild.Kernels.{file}.g.cs"))
            .Select(file => CSharpSyntaxTree.ParseText(Emission.KernelSources.Emit(file), parse)));
        AssertClean(output);
    }

    [Fact]
    public void Friends_do_not_see_each_others_kernels()
    {
        const string Friend = """[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Consumer")]""";
        Compilation library = Harness.Generate(Harness.Compilation(source: Friend).WithAssemblyName("Library"), null, SamplePlans.Tiny.Named("Library", "First"));
        CSharpCompilation consumer = Harness.Compilation(source: "class Uses { Library.First First = Library.First.Shared; }")
            .WithOptions(Harness.Strict.WithSpecificDiagnosticOptions(ImmutableDictionary<string, ReportDiagnostic>.Empty.Add("CS0414", ReportDiagnostic.Suppress)))
            .AddReferences(library.ToMetadataReference());
        AssertClean(Harness.Generate(consumer, null, SamplePlans.Tiny));
    }

    [Fact]
    public void Every_kernel_type_is_embedded()
    {
        Compilation output = Harness.Generate(Harness.Compilation(), null, SamplePlans.Tiny);
        INamespaceSymbol kernels = output.Assembly.GlobalNamespace.GetNamespaceMembers().Single(space => space.Name == "ModelBuild")
            .GetNamespaceMembers().Single();
        Assert.NotEmpty(kernels.GetTypeMembers());
        Assert.All(kernels.GetTypeMembers(), type =>
        {
            Assert.Equal(Accessibility.Internal, type.DeclaredAccessibility);
            Assert.Contains(type.GetAttributes(), attribute => attribute.AttributeClass!.Name == "EmbeddedAttribute");
        });
    }

    private static void AssertClean(CSharpParseOptions parse, CSharpCompilationOptions options, string source) =>
        AssertClean(Harness.Generate(Harness.Compilation(parse, options, source), parse, SamplePlans.Tiny, SamplePlans.Names, TensorPlans.Words, TensorPlans.Types));

    private static void AssertClean(Compilation compilation)
    {
        using MemoryStream assembly = new(), documentation = new();
        ImmutableArray<Diagnostic> diagnostics = compilation.Emit(assembly, xmlDocumentationStream: documentation).Diagnostics;
        Assert.Empty(diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden && !diagnostic.IsSuppressed));
    }
}
