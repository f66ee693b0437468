using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Calibration.DataFree;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>A model between two stages of recovery.</summary>
/// <param name="Graph">The graph, in float.</param>
/// <param name="Ranges">Ranges of its values.</param>
/// <param name="Weights">Weights by node; null for each at the nearest level.</param>
internal sealed record RecoveryState(
    ModelGraph Graph, IReadOnlyDictionary<Value, ValueRange> Ranges, IReadOnlyDictionary<Node, QuantizedWeights>? Weights = null)
{
    /// <summary>Nodes that take and give 16 bits instead of 8.</summary>
    public IReadOnlyCollection<Node> Raised { get; init; } = [];

    /// <summary>Without data, what the graph's batch normalisations told; null with data.</summary>
    public NormStatistics? Norms { get; init; }

    /// <summary>Without data, what is foretold of its values; null with data.</summary>
    public IReadOnlyDictionary<Value, ChannelMoments[]>? Moments { get; init; }
}
