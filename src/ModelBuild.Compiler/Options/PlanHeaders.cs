using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Formats;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Options;

/// <summary>From a user's options to the head of a plan.</summary>
internal static class PlanHeaders
{
    /// <exception cref="ModelBuildException">MB5001: labels that do not fit the first output; MB6001: a preprocessing that does not fit the first input.</exception>
    public static PlanHeader Of(ModelOptions options, ParsedOptions parsed, ModelGraph graph, IReadOnlyList<string> labels)
    {
        RequireFitting(labels, graph, options);
        string space = options.Namespace ?? "";
        Value input = graph.Inputs[0];
        Preprocessing? pixels = input.Type == DataType.Float32 ? parsed.Preprocessing?.For(input.Shape.Rank > 0 ? input.Shape[-1] : 1) : null;
        Dictionary<string, string> remarks = [];
        if (pixels is not null) remarks[input.Name] = $"{pixels.Describe()}.";
        for (int i = 0; i < graph.Outputs.Length; i++)
            if (graph.IsDistribution(i)) remarks[graph.OutputNames[i]] = "Probabilities: not negative, sum 1.";
        return new PlanHeader
        {
            Source = ModelFiles.Name(options.ModelPath),
            ClassName = parsed.ClassName,
            Namespace = space,
            Access = parsed.Access,
            Resource = "ModelBuild." + (space.Length > 0 ? space + "." : "") + parsed.ClassName,
            Parallelism = parsed.Parallelism,
            Labels = labels,
            Pixels = pixels is null ? null : new PixelInput(pixels.Scale, pixels.Offset, pixels.Order),
            PortRemarks = remarks,
        };
    }

    private static void RequireFitting(IReadOnlyList<string> labels, ModelGraph graph, ModelOptions options)
    {
        Value scores = graph.Outputs[0];
        if (labels.Count == 0 || !scores.Shape.IsStatic || scores.Shape.Count == labels.Count) return;
        throw new ModelBuildException(DiagnosticCode.InvalidName,
            $"Labels has {labels.Count} names, but the output {graph.OutputNames[0]} has {scores.Shape.Count} scores {scores.Shape}. Give a line a score.", options.Labels);
    }
}
