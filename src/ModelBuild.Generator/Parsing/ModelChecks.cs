using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Generator.Specs;

namespace ModelBuild.Generator.Parsing;

/// <summary>What can only be judged for all models of a compilation together.</summary>
internal static class ModelChecks
{
    /// <summary>The language version in which the kernels are written.</summary>
    private const LanguageVersion Least = LanguageVersion.CSharp12;

    /// <summary>Replaces what cannot be emitted by its diagnostic.</summary>
    public static EquatableArray<ParsedModel> Apply(ImmutableArray<ParsedModel> models, LanguageVersion language)
    {
        if (language < Least && models.Length > 0)
        {
            string message = $"The generated predictors need C# {Least.ToDisplayString()}, and the project sets LangVersion to "
                + $"{language.ToDisplayString()}. Remove LangVersion from the project, or raise it.";
            return new([new ParsedModel(models[0].Path, null, DiagnosticSpec.TargetTooOld(message, models[0].Path))]);
        }
        Dictionary<string, ModelSpec> seen = new(StringComparer.OrdinalIgnoreCase);
        return new(models.Select(model => Unique(model, seen)));
    }

    // Ignoring case, because the class name is also a file name.
    private static ParsedModel Unique(ParsedModel model, Dictionary<string, ModelSpec> seen)
    {
        if (model.Spec is not { } spec) return model;
        if (!seen.TryGetValue(spec.FullName, out ModelSpec? first))
        {
            seen.Add(spec.FullName, spec);
            return model;
        }
        string message = $"{first.Source} and {spec.Source} both become the class {spec.FullName}. "
            + "Set ClassName or Namespace on one of the two ModelReference items.";
        return new ParsedModel(model.Path, null, DiagnosticSpec.DuplicateName(message, model.Path));
    }
}
