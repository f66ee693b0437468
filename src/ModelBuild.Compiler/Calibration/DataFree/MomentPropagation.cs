using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Calibration.DataFree;

/// <summary>
/// Foretells the channels of every value: from the statistics of batch normalisations where there are some, and from there on by what the
/// operations make of them. Operands are taken as independent, neighbouring pixels as alike. What cannot be told stays open.
/// </summary>
internal sealed class MomentPropagation
{
    private readonly NormStatistics _norms;
    private readonly Dictionary<Value, ChannelMoments[]> _moments = [];

    private MomentPropagation(NormStatistics norms) => _norms = norms;

    /// <summary>The channels (last dimension) of the values of which something can be told.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="norms">What its normalisations told.</param>
    /// <param name="inputs">Of the graph's inputs that are known.</param>
    public static IReadOnlyDictionary<Value, ChannelMoments[]> Run(
        ModelGraph graph, NormStatistics norms, IReadOnlyDictionary<Value, ChannelMoments[]> inputs)
    {
        MomentPropagation propagation = new(norms);
        foreach (Value input in graph.Inputs)
            if ((norms.Value(input.Name) ?? inputs.GetValueOrDefault(input)) is { } known) propagation._moments[input] = known;
        foreach (Node node in graph.Nodes) propagation.Add(node);
        return propagation._moments;
    }

    private void Add(Node node)
    {
        foreach (Value output in node.Outputs)
        {
            if (output is not { Type: DataType.Float32, Shape: { IsStatic: true, Rank: > 0 } }) continue;
            ValueRange bounds = OperationBounds.Of(node.Operation);
            ChannelMoments[]? moments = Told(node, output) ?? Of(node) ?? Between(bounds, output.Shape[-1]);
            if (moments?.Length != output.Shape[-1] || !moments.All(channel => channel.IsFinite)) continue;
            _moments[output] = [.. moments.Select(channel => Bounded(channel, bounds))];
        }
    }

    private ChannelMoments[]? Told(Node node, Value output)
    {
        if (_norms.Value(output.Name) is { } value) return value;
        if (!(WeightedLayer.Is(node.Operation) || node.Operation is Binary) || _norms.Sum(output.Name) is not { } sums) return null;
        return Clip(sums, WeightedLayer.ClampOf(node.Operation));
    }

    private ChannelMoments[]? Of(Node node) => node.Operation switch
    {
        Convolution or DepthwiseConvolution or FullyConnected => Known(node, 0) is { } x && LayerMoments.Of(node, x) is { } sums
            ? Clip(sums, WeightedLayer.ClampOf(node.Operation)) : null,
        Binary binary => Of(node, binary),
        Unary or LeakyRelu => Each(Known(node, 0), channel => channel.Through(x => Apply(node.Operation, x))),
        Pool { Kind: PoolKind.Average, Window: var window } =>
            Each(Known(node, 0), channel => channel.Averaged(window.Height * window.Width)),
        Reduce { Kind: ReduceKind.Mean } when KeepsChannels(node) =>
            Each(Known(node, 0), channel => channel.Averaged(node.Inputs[0].Shape.Count / node.Output.Shape.Count)),
        Pool or Resize => Known(node, 0),
        Reduce { Kind: ReduceKind.Maximum or ReduceKind.Minimum } when KeepsChannels(node) => Known(node, 0),
        Reshape => Repeated(Known(node, 0), node.Output.Shape[-1]),
        Pad { Mode: PadMode.Constant } when node.Inputs.Length == 2 => Each(Known(node, 0), WithZero),
        Concat concat => Joined(node, concat),
        _ => null,
    };

    private ChannelMoments[]? Of(Node node, Binary binary)
    {
        int channels = node.Output.Shape[-1];
        if (Operand(node, 0, channels) is not { } a || Operand(node, 1, channels) is not { } b) return null;
        return binary.Function switch
        {
            BinaryKind.Add => Clip(Both((x, y) => x.Plus(y)), binary.Clamp),
            BinaryKind.Subtract => Clip(Both((x, y) => x.Plus(y.Affine(-1, 0))), binary.Clamp),
            BinaryKind.Multiply => Clip(Both((x, y) => x.Times(y)), binary.Clamp),
            BinaryKind.Maximum when b.All(y => y.Variance == 0) => Both((x, y) => x.Clip(y.Mean, double.PositiveInfinity)),
            BinaryKind.Minimum when b.All(y => y.Variance == 0) => Both((x, y) => x.Clip(double.NegativeInfinity, y.Mean)),
            _ => null,
        };

        ChannelMoments[] Both(Func<ChannelMoments, ChannelMoments, ChannelMoments> function) => [.. a.Zip(b, function)];
    }

    /// <summary>An operand of an element-wise operation by the channels of its result.</summary>
    private ChannelMoments[]? Operand(Node node, int input, int channels)
    {
        Value value = node.Inputs[input];
        if (value.Constant is not null)
            return ConstantOperand.PerChannel(value, node.Output)?.Select(number => ChannelMoments.Normal(number, 0)).ToArray();
        return Known(node, input) switch
        {
            { Length: 1 } only => [.. Enumerable.Repeat(only[0], channels)],
            { } all when all.Length == channels => all,
            _ => null,
        };
    }

    private ChannelMoments[]? Known(Node node, int input) => _moments.GetValueOrDefault(node.Inputs[input]);

    private ChannelMoments[]? Joined(Node node, Concat concat)
    {
        if (Inference.Axis(concat.Axis, node.Output.Shape.Rank) != node.Output.Shape.Rank - 1) return null;
        ChannelMoments[]?[] parts = [.. node.Inputs.Select((_, i) => Known(node, i))];
        return parts.Contains(null) ? null : [.. parts.SelectMany(part => part!)];
    }

    /// <summary>Where nothing is told but what an operation cannot pass, as of a sigmoid, anything in between.</summary>
    private static ChannelMoments[]? Between(ValueRange bounds, int channels) =>
        float.IsFinite(bounds.Minimum) && float.IsFinite(bounds.Maximum)
            ? [.. Enumerable.Repeat(ChannelMoments.Uniform(bounds.Minimum, bounds.Maximum), channels)] : null;

    private static ChannelMoments[]? Each(ChannelMoments[]? channels, Func<ChannelMoments, ChannelMoments> function) =>
        channels is null ? null : Array.ConvertAll(channels, channel => function(channel));

    private static ChannelMoments[] Clip(ChannelMoments[] sums, Clamp clamp) =>
        clamp.IsActive ? Array.ConvertAll(sums, sum => sum.Clip(clamp.Minimum, clamp.Maximum)) : sums;

    /// <summary>Nothing is known of how much is padding, which widens the reach at most.</summary>
    private static ChannelMoments WithZero(ChannelMoments channel) =>
        channel with { Low = Math.Min(channel.Low, 0), High = Math.Max(channel.High, 0) };

    private static ChannelMoments Bounded(ChannelMoments channel, ValueRange bounds) =>
        channel with
        {
            Low = Math.Clamp(channel.Low, bounds.Minimum, bounds.Maximum), High = Math.Clamp(channel.High, bounds.Minimum, bounds.Maximum),
        };

    /// <summary>Of an array whose last dimension becomes another one: the channels in turn, where it holds them several times.</summary>
    private static ChannelMoments[]? Repeated(ChannelMoments[]? channels, int count) =>
        channels is null || count % channels.Length != 0 ? null
            : [.. Enumerable.Range(0, count).Select(i => channels[i % channels.Length])];

    private static bool KeepsChannels(Node node) => Reduce.Axes(node.Inputs) is { } axes && !axes.Contains(node.Inputs[0].Shape.Rank - 1);

    private static float[] Apply(Operation operation, float[] x) =>
        (float[])ReferenceOperations.Run(operation, [Tensor.Of(Shape.Of(x.Length), x)])[0].Data;
}
