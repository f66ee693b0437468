using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Tests;

/// <summary>Runs the generator as the compiler would, in memory.</summary>
internal static class Harness
{
    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Options of a consumer who takes every warning for an error.</summary>
    public static readonly CSharpCompilationOptions Strict =
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
            .WithGeneralDiagnosticOption(ReportDiagnostic.Error)
            .WithWarningLevel(9999);

    public static CSharpParseOptions Parse(LanguageVersion version = LanguageVersion.Latest) =>
        new(version, DocumentationMode.Diagnose);

    public static CSharpCompilation Compilation(CSharpParseOptions? parse = null, CSharpCompilationOptions? options = null, string source = "") =>
        CSharpCompilation.Create("Consumer", [CSharpSyntaxTree.ParseText(source, parse ?? Parse())], References, options ?? Strict);

    public static GeneratorDriver Driver(CSharpParseOptions? parse, params AdditionalText[] files) => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()], files, parse ?? Parse(), new MarkedAsPlans(),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static AdditionalText File(ModelPlan plan) => new TextFile($"/obj/{plan.ClassName}.plan", PlanWriter.Write(plan));

    public static AdditionalText File(string path, string text) => new TextFile(path, text);

    /// <summary>The generated file of a class.</summary>
    public static string Source(ModelPlan plan)
    {
        GeneratorRunResult result = Driver(null, File(plan)).RunGenerators(Compilation()).GetRunResult().Results.Single();
        Assert.Empty(result.Diagnostics);
        string hint = (plan.Namespace.Length > 0 ? plan.Namespace + "." : "") + plan.ClassName + ".g.cs";
        return result.GeneratedSources.Single(source => source.HintName == hint).SourceText.ToString();
    }

    /// <summary>The consumer with everything generated in it.</summary>
    public static Compilation Generate(CSharpCompilation consumer, CSharpParseOptions? parse, params ModelPlan[] plans)
    {
        Driver(parse, [.. plans.Select(File)]).RunGeneratorsAndUpdateCompilation(consumer, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        Assert.Empty(diagnostics);
        return output;
    }

    private sealed class TextFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    /// <summary>Marks every additional file that is not called "unmarked" as a plan, as the package's targets do.</summary>
    private sealed class MarkedAsPlans : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(false);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(!textFile.Path.Contains("unmarked", StringComparison.Ordinal));

        private sealed class Options(bool marked) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = marked && key == "build_metadata.AdditionalFiles.ModelBuildPlan" ? "true" : null;
                return value is not null;
            }
        }
    }
}
