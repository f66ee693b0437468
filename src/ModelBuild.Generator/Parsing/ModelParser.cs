using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Generator.Emission;
using ModelBuild.Generator.Specs;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Parsing;

/// <summary>From the text of a plan to a <see cref="ModelSpec"/>: finds identifiers and resolves references.</summary>
internal static class ModelParser
{
    private static readonly string[] Members =
    [
        "Shared", "SharedHolder", "Parallelism", "Labels", "Predict", "Prediction", "Top", "Run", "Deconstruct", "PrintMembers",
        "Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals",
    ];

    // Locals and parameters of the generated methods that do not come from the graph.
    private static readonly string[] Locals = ["memory", "batch", "weights", "parallelism", "count", "scores", "length", "first", "sample", "samples"];

    /// <summary>Parses a plan; a mistake in it becomes a diagnostic.</summary>
    public static ParsedModel Parse(PlanFile file)
    {
        try
        {
            ModelPlan plan = PlanReader.Read(file.Text);
            return Misnamed(plan) is { } message
                ? new ParsedModel(file.Path, null, DiagnosticSpec.InvalidName(message, file.Path))
                : new ParsedModel(file.Path, Model(plan), null);
        }
        catch (FormatException error)
        {
            string message = $"{error.Message} Delete the file and build again; the plan is written by the build.";
            return new ParsedModel(file.Path, null, DiagnosticSpec.PlanUnreadable(message, file.Path));
        }
    }

    private static string? Misnamed(ModelPlan plan)
    {
        if (!SyntaxFacts.IsValidIdentifier(plan.ClassName))
            return $"{plan.Source}: \"{plan.ClassName}\" is no class name. Set ClassName on its ModelReference to a C# identifier.";
        if (Members.Contains(plan.ClassName))
            return $"{plan.Source}: a class named {plan.ClassName} cannot have its member of the same name. Set another ClassName on its ModelReference.";
        if (plan.Namespace.Length > 0 && !plan.Namespace.Split('.').All(SyntaxFacts.IsValidIdentifier))
            return $"{plan.Source}: \"{plan.Namespace}\" is no namespace. Set Namespace on its ModelReference to C# identifiers with dots between.";
        return null;
    }

    private static ModelSpec Model(ModelPlan plan)
    {
        Identifiers members = new([.. Members, plan.ClassName]);
        Identifiers parameters = new(Locals);
        PortSpec[] inputs = [.. plan.Inputs.Select(port => Port(port, members, parameters))];
        PortSpec[] outputs = [.. plan.Outputs.Select(port => Port(port, members, parameters))];

        // Several samples enter together and leave together.
        PlanRole[] order = [PlanRole.Entry, PlanRole.Inner, PlanRole.Exit];
        int[] stages = [.. plan.Layers.Select(layer => Array.IndexOf(order, layer.Role))];
        if (stages.Zip(stages.Skip(1), (stage, next) => stage > next).Contains(true))
            throw new FormatException($"The layers of the plan of {plan.Source} are not in the order of entries, others, exits.");

        BufferParser buffers = new(plan, new Identifiers(Locals));
        IReadOnlyList<BufferSpec> places = buffers.Buffers(), constants = buffers.Constants();
        LayerParser layers = new(plan, buffers.References, parameters);
        ModelSpec spec = new(
            plan.Source, string.Join(".", plan.Namespace.Split('.').Select(Identifiers.Escape)), Identifiers.EscapeType(plan.ClassName),
            plan.Access == "public" ? "public" : "internal", plan.Resource, plan.BlobBytes, plan.ArenaBytes, plan.Parallelism,
            new(plan.Remarks), new(plan.Labels), new(inputs), new(outputs),
            new(places), new(constants), new(plan.Layers.Select(layers.Parse)), new(Ahead(plan)));
        if (spec.HasTop && plan.Labels.Count != outputs[0].Length)
            throw new FormatException($"The plan of {plan.Source} has {plan.Labels.Count} labels for {outputs[0].Length} outputs.");
        return spec;
    }

    /// <summary>
    /// The larger tensors of coded levels, if they take some milliseconds to decode: with less, a thread that has to wait for a processor
    /// costs more than it saves.
    /// </summary>
    private static IEnumerable<int> Ahead(ModelPlan plan)
    {
        const int LeastBytes = 4_000, LeastSum = 1_000_000;
        PlanTensor[] tensors =
        [
            .. from tensor in plan.Constants.Select(constant => constant.Tensor).Concat(plan.Layers.SelectMany(LayerParser.Tensors))
               where tensor.Type == "sbyte" && tensor.Coding == "Rans" && tensor.Bytes >= LeastBytes
               select tensor,
        ];
        bool isWorth = tensors.Sum(tensor => (long)tensor.Bytes) >= LeastSum;
        return isWorth ? tensors.SelectMany(tensor => new[] { tensor.Offset, tensor.Bytes, tensor.Length }) : [];
    }

    private static PortSpec Port(PlanPort port, Identifiers members, Identifiers parameters)
    {
        string pascal = members.Take(Identifiers.Pascal(port.Name), name => [name + "Length", name + "Height", name + "Width", name + "Channels"]);
        string camel = Identifiers.Escape(parameters.Take(Identifiers.Camel(port.Name)));
        if (port.TakesPixels && port.Type != "float")
            throw new FormatException($"Input \"{port.Name}\" of the plan takes pixels, but is {port.Type} instead of float.");
        return new PortSpec(port.Name, pascal, camel, port.Type, ElementTypes.Public(port.Type), new(port.Shape), port.Length, port.TakesPixels, port.Remarks);
    }
}
