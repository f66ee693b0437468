using System.Runtime.CompilerServices;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Tests.Lowering;

/// <summary>No operation of the graph is forgotten.</summary>
public class CoverageTests
{
    private static readonly Type[] Operations =
        [.. typeof(Operation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract)];

    [Fact]
    public void Every_operation_has_an_executor() => Assert.Equal([], Operations.Except(ReferenceOperations.Supported));

    [Fact]
    public void Every_operation_is_lowered_or_it_is_said_why_not() =>
        Assert.Equal([], Operations.Where(type => LoweringOperations.WhyNot(Node(type)) is ""));

    /// <summary>A node of an operation whose attributes do not matter.</summary>
    private static Node Node(Type operation) =>
        new("node", (Operation)RuntimeHelpers.GetUninitializedObject(operation), [], [new Value("y", DataType.Float32, Shape.Scalar)]);
}
