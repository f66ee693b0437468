using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Generator.Emission;
using ModelBuild.Generator.Specs;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Parsing;

/// <summary>From a layer of a plan to a <see cref="LayerSpec"/>.</summary>
/// <param name="plan">The plan, for its ports, buffers and tensors.</param>
/// <param name="locals">The variable of each buffer.</param>
/// <param name="parameters">The scope of the methods' parameters.</param>
internal sealed class LayerParser(ModelPlan plan, IReadOnlyDictionary<string, string> locals, Identifiers parameters)
{
    private readonly Identifiers _fields = new("_memory");
    private readonly Dictionary<string, PlanBuffer> _buffers = plan.Buffers.ToDictionary(buffer => buffer.Name);
    private readonly Dictionary<string, PlanTensor> _tensors = plan.Tensors.ToDictionary(tensor => tensor.Name);

    public LayerSpec Parse(PlanLayer layer)
    {
        if (!SyntaxFacts.IsValidIdentifier(layer.Kind)) throw Broken(layer, $"has the kind \"{layer.Kind}\"");
        int ports = layer.Role switch { PlanRole.Entry => plan.Inputs.Count, PlanRole.Exit => plan.Outputs.Count, _ => 1 };
        if ((uint)layer.Port >= (uint)ports) throw Broken(layer, $"serves port {layer.Port} of {ports}");
        string field = _fields.Take("_" + Identifiers.Camel(layer.Name));
        string entry = layer.Role == PlanRole.Entry ? parameters.Take(Identifiers.Camel(layer.Name) + "Entry") : "";
        IEnumerable<string> arguments = layer.Parameters.Select(parameter => $"{parameter.Name}: {Expression(layer, parameter.Value)}");
        return new LayerSpec(layer.Name, field, layer.Kind, layer.Role, layer.Port, entry, new(arguments), Comment(layer));
    }

    private string Expression(PlanLayer layer, PlanValue value) => value switch
    {
        PlanValue.Integer v => Literals.Number(v.Value),
        PlanValue.Single v => Literals.Number(v.Value),
        PlanValue.Boolean v => v.Value ? "true" : "false",
        PlanValue.Text v => Literals.Text(v.Value),
        PlanValue.Integers v => Literals.List(v.Values.Select(Literals.Number)),
        PlanValue.Singles v => Literals.List(v.Values.Select(Literals.Number)),
        PlanValue.Buffer v => locals.TryGetValue(v.Name, out string? local) ? local : throw Broken(layer, $"uses the unknown buffer \"{v.Name}\""),
        PlanValue.Tensor v => _tensors.TryGetValue(v.Name, out PlanTensor? tensor) ? Read(tensor) : throw Broken(layer, $"uses the unknown tensor \"{v.Name}\""),
        _ => throw Broken(layer, $"has a parameter of the unknown type {value.GetType().Name}"),
    };

    private static string Read(PlanTensor tensor) =>
        $"weights.Read<{tensor.Type}>(offset: {Literals.Number(tensor.Offset)}, bytes: {Literals.Number(tensor.Bytes)}, "
        + $"length: {Literals.Number(tensor.Length)}, coding: {Literals.Text(tensor.Coding)})";

    /// <summary>"[1, 8, 8, 1] -> [1, 8, 8, 24]: 3x3 convolution, relu6".</summary>
    private string Comment(PlanLayer layer)
    {
        string[] inputs = [.. Buffers(layer, output: false)], outputs = [.. Buffers(layer, output: true)];
        if (layer.Role == PlanRole.Entry) inputs = [Literals.Shape(plan.Inputs[layer.Port].Shape)];
        if (layer.Role == PlanRole.Exit) outputs = [Literals.Shape(plan.Outputs[layer.Port].Shape)];
        string shapes = $"{string.Join(", ", inputs)} -> {string.Join(", ", outputs)}";
        return layer.Remarks.Length > 0 ? $"{shapes}: {layer.Remarks}" : shapes;
    }

    private IEnumerable<string> Buffers(PlanLayer layer, bool output) =>
        from parameter in layer.Parameters
        where (parameter.Name == "output") == output
        select parameter.Value as PlanValue.Buffer into buffer
        where buffer is not null && _buffers.ContainsKey(buffer.Name)
        select Literals.Shape(_buffers[buffer.Name].Shape);

    private static FormatException Broken(PlanLayer layer, string what) => new($"Layer \"{layer.Name}\" of the plan {what}.");
}
