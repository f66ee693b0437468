using System.Collections.Immutable;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Graph;

/// <summary>
/// A network: nodes in an order in which every value is computed before it is read. Immutable; a pass makes a new one.
/// </summary>
/// <param name="Inputs">What the caller feeds; no node computes them and they are no constants.</param>
/// <param name="Nodes">In topological order.</param>
/// <param name="Outputs">What the caller gets.</param>
public sealed record ModelGraph(ImmutableArray<Value> Inputs, ImmutableArray<Node> Nodes, ImmutableArray<Value> Outputs)
{
    /// <summary>What the user calls each output: the node's name in the file, which need not be that of the value it passes on.</summary>
    public ImmutableArray<string> OutputNames { get; init; } = [.. Outputs.Select(output => output.Name)];

    /// <summary>An output is a distribution over classes, as a softmax makes it.</summary>
    /// <param name="output">Number of the output.</param>
    public bool IsDistribution(int output = 0) => Nodes.Any(node => node.Operation is Softmax && node.Outputs.Contains(Outputs[output]));
}
