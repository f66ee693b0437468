using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>An output of a node in the graph that is made of a Keras model.</summary>
/// <param name="Input">How nodes name it: "node" or "node:1".</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">With an open batch.</param>
internal sealed record KerasTensor(string Input, DataType Type, Shape Shape)
{
    /// <summary>Which steps of a sequence count, bool [batch,steps]; null for all.</summary>
    public KerasTensor? Mask { get; init; }

    public int Rank => Shape.Rank;

    /// <summary>Number of channels where they are last.</summary>
    public int Channels => Shape[-1];
}
