namespace ModelBuild.Compiler.Graph;

/// <summary>
/// An edge of the graph: a constant, an input of the graph or an output of one node. Compared by reference.
/// </summary>
/// <param name="Name">The TensorFlow name, without ":0" for first outputs; unique in a graph.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">As far as it is known.</param>
/// <param name="Constant">The elements of a constant; null for anything computed.</param>
/// <param name="Known">Of computed integers, as of a shape with an open dimension, those that are known, null in place of the others.</param>
public sealed class Value(string name, DataType type, Shape shape, Tensor? constant = null, IReadOnlyList<long?>? known = null)
{
    public string Name { get; } = name;

    public DataType Type { get; } = type;

    public Shape Shape { get; } = shape;

    public Tensor? Constant { get; } = constant;

    public IReadOnlyList<long?>? Known { get; } = known;

    /// <summary>A constant.</summary>
    public static Value Of(string name, Tensor tensor) => new(name, tensor.Type, tensor.Shape, tensor);

    public override string ToString() => $"{Name}: {Type}{Shape}{(Constant is null ? "" : " constant")}";
}
