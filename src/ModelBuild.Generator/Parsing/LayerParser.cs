using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Generator.Emission;
using ModelBuild.Generator.Specs;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Parsing;

/// <summary>From a layer of a plan to a <see cref="LayerSpec"/>.</summary>
/// <param name="plan">The plan, for its ports.</param>
/// <param name="buffers">Buffers and constants by name.</param>
/// <param name="parameters">The scope of the methods' parameters.</param>
internal sealed class LayerParser(ModelPlan plan, IReadOnlyDictionary<string, BufferReference> buffers, Identifiers parameters)
{
    private readonly Identifiers _fields = new("_memory", "_layers");

    public LayerSpec Parse(PlanLayer layer)
    {
        int ports = layer.Role switch { PlanRole.Entry => plan.Inputs.Count, PlanRole.Exit => plan.Outputs.Count, _ => 1 };
        if ((uint)layer.Port >= (uint)ports) throw Broken(layer, $"serves port {layer.Port} of {ports}");
        string field = _fields.Take("_" + Identifiers.Camel(layer.Name));
        string entry = layer.Role == PlanRole.Entry ? parameters.Take(Identifiers.Camel(layer.Name) + "Entry") : "";
        IEnumerable<string> arguments = layer.Parameters.Select(parameter => $"{parameter.Name}: {Expression(layer, parameter.Value)}");
        return new LayerSpec(layer.Name, field, Kind(layer), layer.Role, layer.Port, entry, new(arguments), Comment(layer));
    }

    private static string Kind(PlanLayer layer)
    {
        PlanKind kind = PlanKind.Parse(layer.Kind);
        if (!SyntaxFacts.IsValidIdentifier(kind.Class)) throw Broken(layer, $"has the kind \"{layer.Kind}\"");
        return kind.TypeArguments.Count == 0 ? kind.Class : $"{kind.Class}<{string.Join(", ", kind.TypeArguments.Select(ElementTypes.Expression))}>";
    }

    private string Expression(PlanLayer layer, PlanValue value) => value switch
    {
        PlanValue.Integer v => Literals.Number(v.Value),
        PlanValue.Single v => Literals.Number(v.Value),
        PlanValue.Boolean v => v.Value ? "true" : "false",
        PlanValue.Text v => Literals.Text(v.Value),
        PlanValue.Integers v => Literals.List(v.Values.Select(Literals.Number)),
        PlanValue.Singles v => Literals.List(v.Values.Select(Literals.Number)),
        PlanValue.Buffer v => buffers.TryGetValue(v.Name, out BufferReference? buffer) ? buffer.Local : throw Broken(layer, $"uses the unknown buffer \"{v.Name}\""),
        PlanValue.Tensor v => Read(v.Constant),
        _ => throw Broken(layer, $"has a parameter of the unknown type {value.GetType().Name}"),
    };

    /// <summary>The array of a tensor. One without elements needs no weights, which there may be none of.</summary>
    public static string Read(PlanTensor tensor) => tensor.Length == 0
        ? "[]"
        : $"weights.Read<{ElementTypes.Expression(tensor.Type)}>(offset: {Literals.Number(tensor.Offset)}, bytes: {Literals.Number(tensor.Bytes)}, "
            + $"length: {Literals.Number(tensor.Length)}, coding: {Literals.Text(tensor.Coding)})";

    /// <summary>The tensors of a layer, in the order in which its arguments read them.</summary>
    public static IEnumerable<PlanTensor> Tensors(PlanLayer layer) =>
        layer.Parameters.Select(parameter => parameter.Value).OfType<PlanValue.Tensor>().Select(value => value.Constant);

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
        where buffer is not null && buffers.ContainsKey(buffer.Name)
        select Literals.Shape(buffers[buffer.Name].Shape);

    private static FormatException Broken(PlanLayer layer, string what) => new($"Layer \"{layer.Name}\" of the plan {what}.");
}
