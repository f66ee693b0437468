using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Tests.Operations;

/// <summary>Shapes that are known when a graph is imported, in part, or only when it runs.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void KnownShapesAreConstants()
    {
        Assert.Empty(new OneNode("Shape").Import(1, 0, Arrays.Count(2, 3)).Nodes);
        Arrays.EqualRow(new[] { 2L, 3 }, new OneNode("Shape") { { "out_type", DataType.Int64 } }.Run(Arrays.Count(2, 3)));
        Arrays.EqualRow(Array.Empty<int>(), new OneNode("Shape").Run(Arrays.One(1f)));
        Arrays.Equal([], new[] { 1 }, new OneNode("Size").Run(Arrays.One(1f)));
        Arrays.Equal([], new[] { 2 }, new OneNode("Rank").Run(Arrays.Count(2, 3)));
    }

    [Fact]
    public void OpenShapesAreComputed()
    {
        Assert.Single(new OneNode("Shape").Import(1, 1, Arrays.Count(2, 3)).Nodes);
        Arrays.EqualRow(new[] { 2, 3 }, new OneNode("Shape").Feed(1, Arrays.Count(2, 3)));
        IReadOnlyList<Tensor> shapes = new OneNode("ShapeN").Outputs(2, 2, Arrays.Count(2, 3), Arrays.Count(4));
        Arrays.EqualRow(new[] { 4 }, shapes[1]);
        Arrays.Equal([], new[] { 6L }, new OneNode("Size") { { "out_type", DataType.Int64 } }.Feed(1, Arrays.Count(2, 3)));
        Assert.Empty(new OneNode("Rank").Import(1, 1, Arrays.Count(2, 3)).Nodes);
        Arrays.Equal([2, 3], new[] { 0f, 1, 2, 3, 4, 5 }, new OneNode("Squeeze") { { "squeeze_dims", new[] { 1L } } }.Feed(
            1, Arrays.Count(2, 1, 3)));
        Arrays.Equal([2, 1, 3], new[] { 0f, 1, 2, 3, 4, 5 }, new OneNode("ExpandDims").Feed(1, Arrays.Count(2, 3), Arrays.One(-2)));
    }

    [Fact]
    public void WhatIsKnownOfAShapeStaysKnown()
    {
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float32, Shape.Of(Shape.Unknown, 4, 6)), shape = builder.Add("shape", new ShapeOf(DataType.Int32), x);
        Value tail = builder.Add("tail", new Slice(), shape, Integers(1), Integers(-1));
        Assert.Equal([4, 6], tail.Constant!.Elements<int>().ToArray());
        Value size = builder.Add("size", new Reduce(ReduceKind.Product, true), tail, Integers(0));
        Value batch = builder.Add("batch", new Gather(0, 0), shape, Integers(0));
        Value target = builder.Add("target", new Concat(0), batch, size);
        Assert.Equal([null, 24], target.Known!);
        Value doubled = builder.Add("doubled", new Binary(BinaryKind.Multiply), target, Integers(2, 2));
        Assert.Equal("[?,48]", builder.Add("zeros", new Fill(), doubled, Value.Of("zero", Arrays.One(0f))).Shape.ToString());
        Assert.Equal("[?,24]", builder.Add("flat", new Reshape(), x, target).Shape.ToString());
        Value y = builder.Input("y", DataType.Float32, Shape.Of(Shape.Unknown, 2));
        Assert.Equal("[?,48]", builder.Add("twice", new Tile(), y, target).Shape.ToString());
    }

    [Fact]
    public void BroadcastShapes()
    {
        Arrays.EqualRow(new[] { 2, 3, 4 }, new OneNode("BroadcastArgs").Feed(2, Arrays.Row(3, 1), Arrays.Row(2, 1, 4)));
        IReadOnlyList<Tensor> axes = new OneNode("BroadcastGradientArgs").Outputs(2, 2, Arrays.Row(3, 1), Arrays.Row(2, 1, 4));
        Arrays.EqualRow(new[] { 0, 2 }, axes[0]);
        Arrays.EqualRow(new[] { 1 }, axes[1]);
        Arrays.Equal([2, 3], new[] { 0f, 1, 2, 0, 1, 2 }, new OneNode("BroadcastTo").Feed(2, Arrays.Count(1, 3), Arrays.Row(2L, 3)));
    }

    private static Value Integers(params int[] values) => Value.Of("constant", Arrays.Row(values));
}
