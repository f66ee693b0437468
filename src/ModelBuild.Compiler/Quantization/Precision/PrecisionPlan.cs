using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Quantization;

/// <summary>The precision of every node of a graph.</summary>
internal sealed class PrecisionPlan
{
    // More names do not help anyone.
    private const int MostNamed = 5;

    private readonly Dictionary<Node, LayerPrecision> _exceptions = [];

    private PrecisionPlan(LayerPrecision model) => Model = model;

    /// <summary>What holds where no pattern says otherwise.</summary>
    public LayerPrecision Model { get; }

    /// <summary>The precision of a node.</summary>
    public LayerPrecision this[Node node] => _exceptions.TryGetValue(node, out LayerPrecision precision) ? precision : Model;

    /// <summary>One precision for all nodes.</summary>
    public static PrecisionPlan All(LayerPrecision precision) => new(precision);

    /// <summary>
    /// The precision of the model, and of layers where a pattern names them; of several that do, the last counts.
    /// <see cref="ActivationForm.Xnor"/> concerns convolutions without groups and fully connected layers only.
    /// </summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="model">For all that no pattern fits.</param>
    /// <param name="patterns">The option Layers.</param>
    /// <exception cref="ModelBuildException">MB6001: a pattern fits no layer, or none that its precision is for.</exception>
    public static PrecisionPlan Of(ModelGraph graph, LayerPrecision model, IReadOnlyList<LayerPattern> patterns)
    {
        PrecisionPlan plan = new(model);
        foreach (LayerPattern pattern in patterns)
        {
            Node[] nodes = [.. graph.Nodes.Where(node => pattern.Fits(node.Name))];
            if (nodes.Length == 0) throw Unmatched(graph, pattern);
            LayerPrecision precision = model.Parse(pattern.Precision)!.Value;
            if (precision.Activations == ActivationForm.Xnor)
            {
                nodes = [.. nodes.Where(TakesSigns)];
                if (nodes.Length == 0) throw Unsigned(pattern);
            }
            foreach (Node node in nodes) plan._exceptions[node] = precision;
        }
        return plan;
    }

    /// <summary>The same with 16-bit activations for those of <paramref name="nodes"/> that have 8 bits.</summary>
    public PrecisionPlan Raise(IEnumerable<Node> nodes)
    {
        PrecisionPlan plan = new(Model);
        foreach ((Node node, LayerPrecision precision) in _exceptions) plan._exceptions[node] = precision;
        foreach (Node node in nodes)
            if (plan[node] is { Activations: ActivationForm.Static } precision) plan._exceptions[node] = precision with { Activations = ActivationForm.Int16 };
        return plan;
    }

    /// <summary>A precision of some node satisfies a condition.</summary>
    public bool Any(ModelGraph graph, Func<LayerPrecision, bool> condition) => graph.Nodes.Any(node => condition(this[node]));

    /// <summary>A convolution without groups or a fully connected layer, of one sample and with constant weights.</summary>
    private static bool TakesSigns(Node node) =>
        WeightedLayer.Is(node.Operation) && !WeightedLayer.IsGrouped(node)
        && node.Inputs.Skip(1).All(input => input.Constant is not null) && ImageShape.Of(node.Inputs[0].Shape) is not null;

    private static ModelBuildException Unsigned(LayerPattern pattern) => new(DiagnosticCode.UnknownOption,
        $"Layers has {pattern.Pattern}={pattern.Precision}, but what has such a name is neither a convolution without groups nor a fully connected "
        + "layer with constant weights, and nothing else is executed on signs. Name one, or choose another precision.");

    private static ModelBuildException Unmatched(ModelGraph graph, LayerPattern pattern)
    {
        string wanted = pattern.Pattern.Replace("*", "", StringComparison.Ordinal);
        string[] near = [.. graph.Nodes.Select(node => node.Name).Distinct().OrderBy(name => Distance(wanted, name)).Take(MostNamed)];
        return new ModelBuildException(DiagnosticCode.UnknownOption,
            $"Layers has {pattern.Pattern}={pattern.Precision}, but no layer of the optimised graph has such a name. Near it: {string.Join(", ", near)}. "
            + "The command \"modelbuild inspect\" shows all.");
    }

    /// <summary>Characters to insert, remove or replace (Levenshtein), the longer name's surplus not counted.</summary>
    private static int Distance(string wanted, string name)
    {
        int[] row = [.. Enumerable.Range(0, name.Length + 1)];
        foreach (char letter in wanted)
        {
            int corner = row[0]++;
            for (int i = 1; i <= name.Length; i++)
            {
                int replaced = corner + (name[i - 1] == letter ? 0 : 1);
                corner = row[i];
                row[i] = Math.Min(replaced, Math.Min(row[i], row[i - 1]) + 1);
            }
        }
        return row[^1] - Math.Max(0, name.Length - wanted.Length);
    }
}
