using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Tests.Operations;

/// <summary>Reductions, orders and products where types, empty arrays, ties and NaN make a difference.</summary>
public sealed class ReductionTests
{
    [Fact]
    public void MeansOfNarrowIntegersDoNotOverflow()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)250, 300)];
        Arrays.Equal([], new byte[] { 250 }, new OneNode("Mean").Feed(1, Arrays.Row(bytes), Arrays.Row(0)));
        Arrays.EqualRow(new sbyte[] { -2 }, new OneNode("Mean") { { "keep_dims", true } }.Run(
            Arrays.Row<sbyte>(-3, -2, -2), Arrays.One(0L)));
        Arrays.EqualRow(new[] { 0, 0 }, new OneNode("Mean").Run(Arrays.Of<int>([0, 2]), Arrays.One(0)));
    }

    [Fact]
    public void BrainFloatsAreReducedInFloat()
    {
        Tensor sum = new OneNode("Sum").Feed(1, Arrays.Brains([.. Enumerable.Repeat(1f, 1000)]), Arrays.One(0));
        Arrays.Equal([], new[] { (BFloat16)1000f }, sum);
        Arrays.EqualRow(new[] { 1 }, new OneNode("ArgMax") { { "output_type", DataType.Int32 } }.Run(
            Arrays.Of([1, 3], (BFloat16)1, (BFloat16)3, (BFloat16)2), Arrays.One(1)));
    }

    [Fact]
    public void LogicalReductionsTakeTruthValuesOnly()
    {
        Arrays.EqualRow(new[] { true, true }, new OneNode("All").Run(Arrays.Of<bool>([0, 2]), Arrays.One(0)));
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => new OneNode("All").Run(Arrays.Row(1f), Arrays.One(0)));
        Assert.Equal(DiagnosticCode.InvalidGraph, error.Code);
    }

    [Fact]
    public void IndicesOfTheGreatest()
    {
        Arrays.EqualRow(new long[] { 1, 1 }, new OneNode("ArgMax").Feed(
            1, Arrays.Of([2, 3], float.NaN, 2, 2, 1, 5, float.NaN), Arrays.One(-1)));
        Arrays.EqualRow(new short[] { 1 }, new OneNode("ArgMin") { { "output_type", DataType.Int16 } }.Run(
            Arrays.Of([1, 2], true, false), Arrays.One((short)1)));
        Assert.Throws<ModelBuildException>(() => new OneNode("ArgMax").Run(Arrays.Of<float>([2, 0]), Arrays.One(1)));
    }

    [Fact]
    public void GreatestElements()
    {
        IReadOnlyList<Tensor> two = new OneNode("TopKV2") { { "sorted", true }, { "index_type", DataType.Int64 } }.Outputs(
            2, 1, Arrays.Row<short>(3, 9, 9, 1), Arrays.One(3L));
        Arrays.EqualRow(new short[] { 9, 9, 3 }, two[0]);
        Arrays.EqualRow(new long[] { 1, 2, 0 }, two[1]);
        Arrays.Equal([2, 0], Array.Empty<float>(), new OneNode("TopK") { { "k", 0L }, { "sorted", false } }.Run(Arrays.Count(2, 3)));
        Assert.Throws<ModelBuildException>(() => new OneNode("TopKV2").Run(Arrays.Count(3), Arrays.One(4)));
        Assert.Throws<ModelBuildException>(() => new OneNode("TopKV2").Run(Arrays.Count(3), Arrays.Row<int>()));
    }

    [Fact]
    public void BestClasses()
    {
        Tensor predictions = Arrays.Of([4, 3], 1f, 3, 2, 1, 1, 1, 1, float.NaN, 0, 5, 4, 3);
        Arrays.EqualRow(new[] { true, true, false, false }, new OneNode("InTopKV2").Feed(
            1, predictions, Arrays.Row(2L, 0, 0, 3), Arrays.One(2L)));
    }

    [Fact]
    public void CumulativeSums()
    {
        Tensor x = Arrays.Of([2, 2], 1, 2, 3, 4);
        Arrays.Equal([2, 2], new[] { 3, 4, 1, 1 }, new OneNode("Cumprod") { { "exclusive", true }, { "reverse", true } }.Feed(
            1, x, Arrays.One(-2)));
        Tensor logs = new OneNode("CumulativeLogsumexp") { { "exclusive", true } }.Run(Arrays.Row(-1e30f, 0f, 0f), Arrays.One(0));
        Arrays.EqualRow(new[] { float.MinValue, -1e30f, 0f }, logs);
    }

    [Fact]
    public void ProductsOfMixedIntegers()
    {
        OneNode product = new("BatchMatMulV3") { { "Ta", DataType.UInt8 }, { "Tb", DataType.Int8 }, { "Tout", DataType.Int32 } };
        Arrays.Equal([1, 1], new[] { 255 - 4 }, product.Feed(2, Arrays.Of<byte>([1, 2], 255, 2), Arrays.Of<sbyte>([2, 1], 1, -2)));
        Arrays.Equal([2, 1], new[] { 0f, 0f }, new OneNode("MatMul").Run(Arrays.Of<float>([2, 0]), Arrays.Of<float>([0, 1])));
        Assert.Throws<ModelBuildException>(() => new OneNode("MatMul").Run(Arrays.Count(1, 2, 2), Arrays.Count(1, 2, 2)));
    }

    [Theory]
    [InlineData("ii->", new int[0], new[] { 5f })]
    [InlineData("...i->i...", new[] { 2, 2 }, new[] { 1f, 3, 2, 4 })]
    [InlineData("ij->iij", new[] { 2, 2, 2 }, new[] { 1f, 2, 0, 0, 0, 0, 3, 4 })]
    public void EinsteinSumsOfOne(string equation, int[] shape, float[] expected)
    {
        Tensor x = Arrays.Of([2, 2], 1f, 2, 3, 4);
        Arrays.Equal(shape, expected, new OneNode("Einsum") { { "equation", equation } }.Feed(1, x));
    }

    [Fact]
    public void EinsteinSumsBroadcastEllipses()
    {
        Tensor sum = new OneNode("Einsum") { { "equation", "...ij,...j->...i" } }.Feed(
            2, Arrays.Of([2, 1, 1, 2], 1L, 2, 3, 4), Arrays.Of([3, 2], 1L, 0, 0, 1, 1, 1));
        Arrays.Equal([2, 3, 1], new long[] { 1, 2, 3, 3, 4, 7 }, sum);
    }

    [Fact]
    public void SegmentsWithoutSlices()
    {
        Tensor x = Arrays.Of([3, 2], 1f, 2, 3, 4, 5, 6);
        Arrays.Equal([3, 2], new[] { 2f, 3, 0, 0, 5, 6 }, new OneNode("SegmentMean").Feed(1, x, Arrays.Row(0, 0, 2)));
        Arrays.Equal([2, 2], new[] { float.MinValue, float.MinValue, 5, 6 }, new OneNode("UnsortedSegmentMax").Feed(
            3, x, Arrays.Row(1, -1, 1), Arrays.One(2)));
        Arrays.Equal([2, 2], new[] { 1f, 1, 3, 8 }, new OneNode("UnsortedSegmentProd").Run(x, Arrays.Row(1L, 1, -1), Arrays.One(2)));
        Tensor rows = new OneNode("SparseSegmentSqrtNWithNumSegments").Run(
            Arrays.Row(1f, 2, 3), Arrays.Row(2, 0, 1, 1), Arrays.Row(1, 1, 1, 1), Arrays.One(3));
        Arrays.EqualRow(new[] { 0f, 4, 0 }, rows);
        Assert.Throws<ModelBuildException>(() => new OneNode("SegmentSum").Run(x, Arrays.Row(1, 0, 2)));
    }

    [Fact]
    public void Counts()
    {
        Arrays.EqualRow(new[] { 0f, 2, 1, 0 }, new OneNode("Bincount").Feed(1, Arrays.Row(1, 1, 2, 5), Arrays.One(4), Arrays.Row<float>()));
        OneNode binary = new("DenseBincount") { { "binary_output", true } };
        Arrays.Equal([2, 2], new[] { 1, 0, 0, 1 }, binary.Feed(1, Arrays.Of([2, 2], 0L, 0, 1, 7), Arrays.One(2L), Arrays.Of<int>([0])));
    }
}
