using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Generator.Emission;
using ModelBuild.Generator.Parsing;
using ModelBuild.Generator.Specs;

namespace ModelBuild.Generator;

/// <summary>
/// Turns each plan among the additional files into a predictor class, and adds the sources of the kernels that all of them
/// together use. A plan is an additional file with the metadata ModelBuildPlan=true, which build/ModelBuild.targets sets.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <summary>Names of the tracked steps, for tests of caching.</summary>
    internal static readonly IReadOnlyList<string> Steps = [PlanStep, ModelStep, UniqueStep, KernelStep];

    private const string PlanStep = "Plans", ModelStep = "Models", UniqueStep = "UniqueModels", KernelStep = "Kernels";
    private const string PlanMetadata = "build_metadata.AdditionalFiles.ModelBuildPlan";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Embedded types are invisible to other assemblies, friends included, so that each can have its own kernels.
        context.RegisterPostInitializationOutput(output => output.AddEmbeddedAttributeDefinition());

        IncrementalValueProvider<LanguageVersion> language = context.ParseOptionsProvider
            .Select((options, _) => ((CSharpParseOptions)options).LanguageVersion);

        IncrementalValueProvider<EquatableArray<ParsedModel>> models = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(pair => IsPlan(pair.Left, pair.Right.GetOptions(pair.Left)))
            .Select((pair, cancellation) => new PlanFile(pair.Left.Path, pair.Left.GetText(cancellation)?.ToString() ?? ""))
            .WithTrackingName(PlanStep)
            .Select((file, _) => ModelParser.Parse(file))
            .WithTrackingName(ModelStep)
            .Collect()
            .Combine(language)
            .Select((pair, _) => ModelChecks.Apply(pair.Left, pair.Right))
            .WithTrackingName(UniqueStep);

        context.RegisterSourceOutput(models.SelectMany((all, _) => all), (output, model) =>
        {
            if (model.Diagnostic is { } diagnostic) output.ReportDiagnostic(diagnostic.ToDiagnostic());
            if (model.Spec is { } spec) output.AddSource(spec.HintName, ModelEmitter.Emit(spec));
        });

        IncrementalValueProvider<EquatableArray<string>> kernels = models
            .Select((all, _) => KernelSources.Needed(all.SelectMany(model => model.Spec?.Kernels ?? [])))
            .WithTrackingName(KernelStep);

        context.RegisterSourceOutput(kernels.SelectMany((all, _) => all), (output, file) =>
            output.AddSource("ModelBuild.Kernels." + file + ".g.cs", KernelSources.Emit(file)));
    }

    private static bool IsPlan(AdditionalText file, Microsoft.CodeAnalysis.Diagnostics.AnalyzerConfigOptions options) =>
        file.Path.EndsWith(".plan", StringComparison.OrdinalIgnoreCase)
        && options.TryGetValue(PlanMetadata, out string? value)
        && value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
