using System.Collections.Immutable;

namespace ModelBuild.Compiler.Graph;

/// <summary>One operation applied to values. Compared by reference.</summary>
public sealed class Node(string name, Operation operation, ImmutableArray<Value> inputs, ImmutableArray<Value> outputs)
{
    /// <summary>The TensorFlow node's name, unique in a graph.</summary>
    public string Name { get; } = name;

    public Operation Operation { get; } = operation;

    public ImmutableArray<Value> Inputs { get; } = inputs;

    public ImmutableArray<Value> Outputs { get; } = outputs;

    /// <summary>The only output.</summary>
    public Value Output => Outputs.Length == 1 ? Outputs[0] : throw new InvalidOperationException($"{Name} has {Outputs.Length} outputs.");

    public override string ToString() => $"{Name} = {Operation}({string.Join(", ", Inputs)})";
}
