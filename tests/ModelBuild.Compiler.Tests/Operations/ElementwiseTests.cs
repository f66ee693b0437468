using System.Numerics;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Tests.Operations;

/// <summary>Element-wise operations where their definitions surprise: zeros, ties, types, shapes that do not fit.</summary>
public sealed class ElementwiseTests
{
    private static readonly float NaN = float.NaN, Infinity = float.PositiveInfinity;

    [Theory]
    [InlineData("MulNoNan", new[] { 0f, 0, 6 })]
    [InlineData("DivNoNan", new[] { 0f, 0, 1.5f })]
    public void ZeroOnTheRightWins(string operation, float[] expected) =>
        Arrays.EqualRow(expected, new OneNode(operation).Feed(2, Arrays.Row(NaN, Infinity, 3), Arrays.Row(0f, 0, 2)));

    [Theory]
    [InlineData("Xlogy", new[] { 0f, 0, 0 })]
    [InlineData("Xlog1py", new[] { 0f, 0, 1.3862944f })]
    [InlineData("Xdivy", new[] { 0f, 0, 2 })]
    public void ZeroOnTheLeftWins(string operation, float[] expected) =>
        Arrays.EqualRow(expected, new OneNode(operation).Feed(2, Arrays.Row(0f, 0, 2), Arrays.Row(NaN, 0, 1)));

    [Fact]
    public void RemaindersHaveTheSignOfTheOneOrTheOther()
    {
        Tensor[] operands = [Arrays.Row(-7f, 7, -7, 5), Arrays.Row(3f, -3, -3, Infinity)];
        Arrays.EqualRow(new[] { 2f, -2, -1, 5 }, new OneNode("FloorMod").Feed(2, operands));
        Arrays.EqualRow(new[] { -1f, 1, -1, 5 }, new OneNode("TruncateMod").Feed(2, operands));
        Arrays.EqualRow(new[] { -3, -3, 2, -5 }, new OneNode("FloorDiv").Run(
            Arrays.Row(-7, 7, -7, int.MinValue / 2), Arrays.Row(3, -3, -3, int.MaxValue / 8)));
    }

    [Fact]
    public void WhatIntegersCannotBeIsAnError()
    {
        foreach (string operation in new[] { "FloorDiv", "FloorMod", "TruncateDiv", "Div" })
        {
            ModelBuildException error = Assert.Throws<ModelBuildException>(() => new OneNode(operation).Feed(2, Arrays.Row(1), Arrays.Row(0)));
            Assert.Contains("node", error.Message, StringComparison.Ordinal);
        }
        Assert.Throws<ModelBuildException>(() => new OneNode("Pow").Feed(2, Arrays.Row(2), Arrays.Row(-1)));
        Assert.Throws<ModelBuildException>(() => new OneNode("Atan2").Import(1, 2, Arrays.Row(1), Arrays.Row(1)));
        Assert.Throws<ModelBuildException>(() => new OneNode("AddV2").Import(1, 2, Arrays.Row(1), Arrays.Row(1f)));
        Assert.Throws<ModelBuildException>(() => new OneNode("Exp").Import(1, 1, Arrays.Row(1)));
    }

    [Fact]
    public void EqualityMayPutUpWithShapes()
    {
        Tensor[] operands = [Arrays.Row(1, 2, 3), Arrays.Row(1, 2)];
        Arrays.Equal([], new[] { false }, new OneNode("Equal") { { "incompatible_shape_error", false } }.Run(operands));
        Arrays.Equal([], new[] { true }, new OneNode("NotEqual") { { "incompatible_shape_error", false } }.Run(operands));
        Assert.Throws<ModelBuildException>(() => new OneNode("Equal").Run(operands));
    }

    [Fact]
    public void EqualityOfAnyType()
    {
        Arrays.EqualRow(new[] { true, false }, new OneNode("Equal").Run(Arrays.Row<byte[]>([65], []), Arrays.Row<byte[]>([65], [66])));
        Arrays.EqualRow(new[] { false, true }, new OneNode("NotEqual").Feed(1, Arrays.Row(true, false), Arrays.One(true)));
        Arrays.EqualRow(new[] { true, false }, new OneNode("Equal").Feed(1, Arrays.Brains(1.5f, NaN), Arrays.Brains(1.5f, NaN)));
        Assert.Throws<ModelBuildException>(() => new OneNode("Less").Import(1, 2, Arrays.Row(true), Arrays.Row(false)));
    }

    [Fact]
    public void TheToleranceIsOfTheOperandsType()
    {
        OneNode approximately = new("ApproximateEqual") { { "tolerance", 0.5f } };
        Arrays.EqualRow(new[] { true, false }, approximately.Feed(2, Arrays.Row(1f, 1), Arrays.Row(1.25f, 1.5f)));
        // Of integers it is 0, and nothing is nearer than that.
        Arrays.EqualRow(new[] { false }, approximately.Feed(2, Arrays.Row(1), Arrays.Row(1)));
    }

    [Fact]
    public void SelectPicksRowsAndSelectV2Broadcasts()
    {
        Tensor[] branches = [Arrays.Count(2, 2), Arrays.Of([2, 2], -1f, -2, -3, -4)];
        Arrays.Equal([2, 2], new[] { 0f, 1, -3, -4 }, new OneNode("Select").Feed(3, [Arrays.Row(true, false), .. branches]));
        Arrays.Equal([2, 2], new[] { 0f, -2, 2, -4 }, new OneNode("SelectV2").Feed(3, [Arrays.Row(true, false), .. branches]));
        Arrays.EqualRow(new byte[][] { [1], [2] }, new OneNode("SelectV2").Run(
            Arrays.Row(true, false), Arrays.Row<byte[]>([1], [1]), Arrays.One<byte[]>([2])));
        Assert.Throws<ModelBuildException>(() => new OneNode("Select").Run(Arrays.Row(true), Arrays.Count(2), Arrays.Count(2)));
    }

    [Fact]
    public void WhereOfNumbersAndScalars()
    {
        Arrays.Equal([2, 1], new[] { 0L, 2 }, new OneNode("Where").Feed(1, Arrays.Row(NaN, 0, -1)));
        Arrays.Equal([1, 0], Array.Empty<long>(), new OneNode("Where").Run(Arrays.One(true)));
        Arrays.Equal([0, 2], Array.Empty<long>(), new OneNode("Where").Feed(1, Arrays.Of<bool>([3, 0])));
    }

    [Fact]
    public void CastsMayTruncate()
    {
        Tensor third = Arrays.Row(1.01171875f, -1.01171875f);
        OneNode rounds = new("Cast") { { "DstT", DataType.BFloat16 } };
        OneNode truncates = new("Cast") { { "DstT", DataType.BFloat16 }, { "Truncate", true } };
        Assert.Equal([1.015625f, -1.015625f], rounds.Feed(1, third).Elements<BFloat16>().ToArray().Select(x => (float)x));
        Assert.Equal([1.0078125f, -1.0078125f], truncates.Feed(1, third).Elements<BFloat16>().ToArray().Select(x => (float)x));
        truncates = new OneNode("Cast") { { "DstT", DataType.Float16 }, { "Truncate", true } };
        Arrays.EqualRow(new[] { (Half)0.33325195f }, truncates.Run(Arrays.Row(1 / 3f)));
    }

    [Fact]
    public void BitsChangeTheLastDimension()
    {
        OneNode Bits(DataType type) => new("Bitcast") { { "type", type } };
        Arrays.Equal([1, 4], new byte[] { 0, 0, 0x80, 0x3f }, Bits(DataType.UInt8).Feed(1, Arrays.Row(1f)));
        Arrays.EqualRow(new[] { 1f }, Bits(DataType.Float32).Feed(1, Arrays.Of<short>([1, 2], 0, 0x3f80)));
        Arrays.EqualRow(new[] { (Half)1 }, Bits(DataType.Float16).Run(Arrays.Row<ushort>(0x3c00)));
        Assert.Throws<ModelBuildException>(() => Bits(DataType.Float32).Import(1, 0, Arrays.Row<short>(1, 2, 3)));
    }

    [Fact]
    public void LikeKeepsTypeAndOpenShape()
    {
        Arrays.Equal([2, 1], new[] { true, true }, new OneNode("OnesLike").Feed(1, Arrays.Of([2, 1], false, true)));
        Arrays.EqualRow(new byte[][] { [] }, new OneNode("ZerosLike").Run(Arrays.Row<byte[]>([1])));
        Arrays.EqualRow(new[] { 1f }, Widened(new OneNode("OnesLike").Feed(1, Arrays.Brains(7))));
    }

    [Fact]
    public void BitsOfIntegers()
    {
        Arrays.EqualRow(new sbyte[] { -128, 2 }, new OneNode("LeftShift").Feed(2, Arrays.Row<sbyte>(1, 1), Arrays.Row<sbyte>(100, 1)));
        Arrays.EqualRow(new sbyte[] { -1, -8 }, new OneNode("RightShift").Feed(2, Arrays.Row<sbyte>(-8, -8), Arrays.Row<sbyte>(100, -3)));
        Arrays.EqualRow(new byte[] { 254, 0 }, new OneNode("Invert").Feed(1, Arrays.Row<byte>(1, 255)));
        Arrays.EqualRow(new byte[] { 64, 1 }, new OneNode("PopulationCount").Feed(1, Arrays.Row(-1L, 8)));
        Assert.Throws<ModelBuildException>(() => new OneNode("BitwiseAnd").Import(1, 2, Arrays.Row(1f), Arrays.Row(1f)));
    }

    [Fact]
    public void NarrowFloatsAreRoundedOnce()
    {
        Arrays.EqualRow(new[] { 1.0078125f, 6 }, Widened(new OneNode("Relu6").Feed(1, Arrays.Brains(1.0078125f, 9))));
        Arrays.EqualRow(new[] { (Half)0.5f, (Half)0.5f }, new OneNode("Softmax").Feed(1, Arrays.Row((Half)60000, (Half)60000)));
        double[] logarithms = new OneNode("LogSoftmax").Feed(1, Arrays.Row(0.0, 1e-9)).Elements<double>().ToArray();
        Assert.Equal(1e-9, logarithms[1] - logarithms[0], 15);
    }

    [Fact]
    public void ComplexNumbers()
    {
        Tensor numbers = Arrays.Row(new Complex(3, 4), new Complex(0, -2));
        numbers = new Tensor(DataType.Complex64, numbers.Shape, numbers.Data);
        Arrays.EqualRow(new[] { 5f, 2 }, new OneNode("ComplexAbs").Feed(1, numbers));
        Arrays.EqualRow(new[] { 4f, -2 }, new OneNode("Imag").Feed(1, numbers));
        Arrays.EqualRow(new[] { (float)Math.Atan2(4, 3), (float)(-Math.PI / 2) }, new OneNode("Angle").Feed(1, numbers));
        Assert.Equal([new Complex(25, 0), new Complex(4, 0)], new OneNode("SquaredDifference").Run(numbers, Zero()).Elements<Complex>().ToArray());
        Assert.Equal([new Complex(-7, 24), new Complex(-4, 0)], new OneNode("Square").Feed(1, numbers).Elements<Complex>().ToArray());
        Assert.Equal([new Complex(1, 5)], new OneNode("Complex").Feed(1, Arrays.Row(1f), Arrays.One(5f)).Elements<Complex>().ToArray());
        Arrays.EqualRow(new[] { 3f, 0 }, new OneNode("Cast") { { "DstT", DataType.Float32 } }.Feed(1, numbers));

        static Tensor Zero() => new(DataType.Complex64, Shape.Scalar, new[] { Complex.Zero });
    }

    [Fact]
    public void RandomNumbersStayBelowOne()
    {
        foreach (DataType type in new[] { DataType.Float16, DataType.BFloat16, DataType.Float32 })
        {
            Tensor random = new OneNode("RandomUniform") { { "dtype", type } }.Run(Arrays.Row(20_000));
            Tensor kept = new OneNode("Floor").Run(new OneNode("Add").Run(random, new OneNode("OnesLike").Run(random)));
            Assert.All(new OneNode("Cast") { { "DstT", DataType.Float32 } }.Run(kept).Elements<float>().ToArray(), one => Assert.Equal(1, one));
        }
    }

    private static Tensor Widened(Tensor brains) => new OneNode("Cast") { { "DstT", DataType.Float32 } }.Run(brains);
}
