using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>A TensorFlow node on its way into the graph: what an operation's import reads, and how it adds nodes.</summary>
internal sealed class ImportContext(NodeDef node, string name, IReadOnlyList<Value> inputs, Scope scope)
{
    private int _constants;

    /// <summary>Name of the TensorFlow operation.</summary>
    public string Operation => node.Op;

    /// <summary>Name for the node in the graph, with those of the functions it was inlined from.</summary>
    public string Name => name;

    /// <summary>Data inputs, in order.</summary>
    public IReadOnlyList<Value> Inputs => inputs;

    public Attributes Attributes { get; } = new(node);

    public GraphBuilder Builder => scope.Builder;

    /// <summary>The graph or function that the node is in.</summary>
    public Scope Scope => scope;

    /// <summary>The TensorFlow node.</summary>
    public NodeDef Node => node;

    /// <summary>Input <paramref name="index"/>; an error where the node has fewer.</summary>
    public Value this[int index] => index < inputs.Count ? inputs[index]
        : throw new ModelBuildException(DiagnosticCode.InvalidGraph, $"input {index} is missing.");

    /// <summary>Adds the node that gives this TensorFlow node's only output.</summary>
    public Value Add(Operation operation, params IReadOnlyList<Value> operands) => scope.Builder.Add(name, operation, operands);

    /// <summary>Adds the node that gives this TensorFlow node's outputs.</summary>
    public IReadOnlyList<Value> AddAll(Operation operation, params IReadOnlyList<Value> operands) =>
        scope.Builder.AddAll(name, operation, operands);

    /// <summary>Adds a node that the TensorFlow node needs besides.</summary>
    public Value AddStep(string step, Operation operation, params IReadOnlyList<Value> operands) =>
        scope.Builder.Add($"{name}/{step}", operation, operands);

    /// <summary>A constant that came from an attribute.</summary>
    public Value Constant(params int[] values) =>
        GraphBuilder.Constant($"{name}/constant{_constants++}", Tensor.Of(Shape.Of(values.Length), values));

    /// <summary>A constant that came from an attribute.</summary>
    public Value Constant(Tensor tensor) => GraphBuilder.Constant($"{name}/constant{_constants++}", tensor);

    /// <summary>The error for an attribute or input that cannot be imported; the node's name is put before.</summary>
    public ModelBuildException Unsupported(string what) => new(DiagnosticCode.UnsupportedAttribute, what);

    /// <summary>The constant of an input that must not be computed.</summary>
    public Tensor RequireConstant(int index, string what) => this[index].Constant
        ?? throw new ModelBuildException(DiagnosticCode.DynamicShape,
            $"{what} is computed from the model's input, but must be a constant.");

    /// <summary>The single integer of an input that must not be computed.</summary>
    public int RequireInteger(int index, string what) => Inference.Integer(Value.Of(what, RequireConstant(index, what)))!.Value;

    /// <summary>A constant that came from an attribute, a single integer.</summary>
    public Value Scalar(int value) => Constant(Tensor.Of(Shape.Scalar, [value]));

    /// <summary>The shape of a value: a constant where it is known.</summary>
    public Value ShapeOf(Value value, DataType type = DataType.Int32) => AddStep("shape_of", new ShapeOf(type), value);
}
