using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Tests.Operations;

/// <summary>Operations that move values: examples of TensorFlow's documentation, and what is at their edges.</summary>
public sealed class MovementTests
{
    [Fact]
    public void SlicesByComputedEntries()
    {
        // x[i, ..., 1:] with a fed i
        OneNode slice = new("StridedSlice") { { "shrink_axis_mask", 1L }, { "ellipsis_mask", 2L }, { "end_mask", 4L } };
        Tensor[] inputs = [Arrays.Count(2, 2, 3), Arrays.Row(-1, 0, 1), Arrays.Row(0, 0, 0), Arrays.Row(1, 1, 1)];
        Arrays.Equal([2, 2], new[] { 7f, 8, 10, 11 }, slice.Feed(2, inputs));
        Assert.Equal("[?,?]", slice.Import(1, 2, inputs).Outputs[0].Shape.ToString());
        Assert.Throws<ModelBuildException>(() => slice.Run(inputs[0], Arrays.Row(2, 0, 1), inputs[2], inputs[3]));
    }

    [Fact]
    public void SlicesToTheRest()
    {
        Arrays.Equal([1, 3], new[] { 3f, 4, 5 }, new OneNode("Slice").Feed(3, Arrays.Count(2, 3), Arrays.Row(1L, 0), Arrays.Row(-1L, 3)));
        Arrays.Equal([2, 0], Array.Empty<float>(), new OneNode("Slice").Run(Arrays.Count(2, 3), Arrays.Row(0, 3), Arrays.Row(2, -1)));
        Assert.Throws<ModelBuildException>(() => new OneNode("Slice").Run(Arrays.Count(2, 3), Arrays.Row(0, 2), Arrays.Row(2, 2)));
    }

    [Fact]
    public void SplitsWithTheRest()
    {
        IReadOnlyList<Tensor> parts = new OneNode("SplitV") { { "num_split", 3L } }.Outputs(
            3, 1, Arrays.Count(1, 5), Arrays.Row(1, -1, 2), Arrays.One(-1));
        Arrays.Equal([1, 2], new[] { 1f, 2 }, parts[1]);
        Arrays.Equal([1, 2], new[] { 3f, 4 }, parts[2]);
        Assert.Throws<ModelBuildException>(() => new OneNode("Split") { { "num_split", 2L } }.Run(Arrays.One(0), Arrays.Count(3)));
    }

    [Fact]
    public void TypesOfJoinedValuesAgree()
    {
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => new OneNode("ConcatV2").Run(
            Arrays.Row(1f), Arrays.Row(1), Arrays.One(0)));
        Assert.Contains("node", error.Message, StringComparison.Ordinal);
        Arrays.EqualRow(new byte[][] { [65], [], [66] }, new OneNode("ConcatV2").Run(
            Arrays.Row<byte[]>([65], []), Arrays.Row<byte[]>([66]), Arrays.One(0)));
    }

    [Fact]
    public void OffsetsOfAConcatenation()
    {
        IReadOnlyList<Tensor> offsets = new OneNode("ConcatOffset").Outputs(
            3, 0, Arrays.One(1), Arrays.Row(2, 2, 7), Arrays.Row(2, 3, 7), Arrays.Row(2, 9, 7));
        Arrays.EqualRow(new[] { 0, 0, 0 }, offsets[0]);
        Arrays.EqualRow(new[] { 0, 5, 0 }, offsets[2]);
    }

    [Fact]
    public void Mirrors()
    {
        OneNode reflect = new("MirrorPad") { { "mode", "REFLECT" } };
        Arrays.EqualRow(new[] { 3, 2, 1, 2, 3, 2, 1 }, reflect.Feed(1, Arrays.Row(1, 2, 3), Arrays.Of([1, 2], 2, 2)));
        Assert.Throws<ModelBuildException>(() => reflect.Run(Arrays.Row(1, 2, 3), Arrays.Of([1, 2], 3, 0)));
        Arrays.Equal([0, 2], Array.Empty<int>(), reflect.Run(Arrays.Of<int>([0, 2]), Arrays.Of([2, 2], 0, 0, 0, 0)));
    }

    [Fact]
    public void ReversesAndRolls()
    {
        Arrays.Equal([2, 2], new[] { 1f, 0, 3, 2 }, new OneNode("Reverse").Feed(1, Arrays.Count(2, 2), Arrays.Row(false, true)));
        OneNode sequence = new("ReverseSequence") { { "seq_dim", 0L }, { "batch_dim", 1L } };
        Arrays.Equal([3, 2], new[] { 2f, 1, 0, 3, 4, 5 }, sequence.Feed(2, Arrays.Count(3, 2), Arrays.Row(2L, 1)));
        Arrays.EqualRow(new[] { 2f, 3, 0, 1 }, new OneNode("Roll").Feed(1, Arrays.Count(4), Arrays.One(-6), Arrays.One(0)));
        Arrays.Equal([2, 2], new[] { 3f, 2, 1, 0 }, new OneNode("Roll").Run(Arrays.Count(2, 2), Arrays.Row(1, 2, 1), Arrays.Row(0, 1, -1)));
    }

    [Fact]
    public void GathersOfBatches()
    {
        OneNode gather = new("GatherV2") { { "batch_dims", -1L } };
        Arrays.Equal([2, 1], new[] { 0f, 5 }, gather.Feed(2, Arrays.Count(2, 3), Arrays.Of([2, 1], 0L, 2), Arrays.One(1)));
        Arrays.Equal([2, 0], Array.Empty<float>(), new OneNode("GatherV2").Run(Arrays.Count(2, 3), Arrays.Row<int>(), Arrays.One(1)));
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => new OneNode("GatherV2").Feed(
            1, Arrays.Count(3), Arrays.One(3), Arrays.One(0)));
        Assert.Contains("node", error.Message, StringComparison.Ordinal);
        Arrays.Equal([1, 2], new byte[][] { [2], [2] }, new OneNode("Gather").Run(Arrays.Row<byte[]>([1], [2]), Arrays.Of([1, 2], 1, 1)));
    }

    [Fact]
    public void Scatters()
    {
        Tensor x = Arrays.Count(2, 2), indices = Arrays.Of([2, 2], 0, 1, 0, 1), updates = Arrays.Row(5f, 3);
        Arrays.Equal([2, 2], new[] { 0f, -7, 2, 3 }, new OneNode("TensorScatterSub").Feed(3, x, indices, updates));
        Arrays.Equal([2, 2], new[] { 0f, 5, 2, 3 }, new OneNode("TensorScatterMax").Run(x, indices, updates));
        Arrays.EqualRow(new[] { false, true, true }, new OneNode("ScatterNd").Run(
            Arrays.Of([3, 1], 1, 2, 1), Arrays.Row(true, true, false), Arrays.Row(3)));
        Assert.Throws<ModelBuildException>(() => new OneNode("TensorScatterAdd").Run(x, indices, Arrays.Row(1f)));
    }

    [Fact]
    public void SparseTensors()
    {
        OneNode dense = new("SparseToDense") { { "validate_indices", true } };
        Arrays.EqualRow(new[] { 9, 7, 9, 7 }, dense.Feed(1, Arrays.Row(1L, 3), Arrays.Row(4L), Arrays.One(7), Arrays.One(9)));
        Arrays.Equal([2, 2], new[] { 0, 5, 6, 0 }, dense.Run(
            Arrays.Of([2, 2], 0, 1, 1, 0), Arrays.Row(2, 2), Arrays.Row(5, 6), Arrays.One(0)));
        Arrays.EqualRow(new[] { 0, 0, 1 }, dense.Run(Arrays.One(2), Arrays.Row(3), Arrays.One(1), Arrays.One(0)));
    }

    [Fact]
    public void Permutations()
    {
        Arrays.EqualRow(new[] { 2L, 4, 3, 0, 1 }, new OneNode("InvertPermutation").Feed(1, Arrays.Row(3L, 4, 0, 2, 1)));
        Assert.Throws<ModelBuildException>(() => new OneNode("Transpose").Run(Arrays.Count(2, 2), Arrays.Row(0, 0)));
    }

    [Fact]
    public void StitchesAndPartitions()
    {
        Tensor[] stitched =
        [
            Arrays.One(6), Arrays.Row(4, 1), Arrays.Of([2, 2], 5, 2, 0, 3),
            Arrays.Row(61, 62), Arrays.Of([2, 2], 41, 42, 11, 12), Arrays.Of([2, 2, 2], 51, 52, 21, 22, 1, 2, 31, 32),
        ];
        Arrays.Equal([7, 2], new[] { 1, 2, 11, 12, 21, 22, 31, 32, 41, 42, 51, 52, 61, 62 }, new OneNode("DynamicStitch").Feed(
            6, stitched));
        IReadOnlyList<Tensor> parts = new OneNode("DynamicPartition") { { "num_partitions", 2L } }.Outputs(
            2, 2, Arrays.Row(10, 20, 30, 40, 50), Arrays.Row(0, 0, 1, 1, 0));
        Arrays.EqualRow(new[] { 10, 20, 50 }, parts[0]);
        Arrays.EqualRow(new[] { 30, 40 }, parts[1]);
    }

    [Fact]
    public void DifferentValues()
    {
        IReadOnlyList<Tensor> unique = new OneNode("UniqueWithCounts") { { "out_idx", DataType.Int64 } }.Outputs(
            3, 1, Arrays.Row(1, 1, 2, 4, 4, 4, 7, 8, 8));
        Arrays.EqualRow(new[] { 1, 2, 4, 7, 8 }, unique[0]);
        Arrays.EqualRow(new long[] { 0, 0, 1, 2, 2, 2, 3, 4, 4 }, unique[1]);
        Arrays.EqualRow(new long[] { 2, 1, 3, 1, 2 }, unique[2]);
        Arrays.Equal([2, 2], new[] { 1, 2, 0, 0 }, new OneNode("UniqueV2").Feed(1, Arrays.Of([2, 3], 1, 1, 2, 0, 0, 0), Arrays.Row(-1L)));
        Arrays.EqualRow(new byte[][] { [1], [2] }, new OneNode("Unique").Run(Arrays.Row<byte[]>([1], [2], [1])));
    }

    [Theory]
    [InlineData("RIGHT_LEFT", new[] { 0f, 3, 8, 2, 7, 6, 1, 6, 7, 5, 8, 0 })]
    [InlineData("LEFT_RIGHT", new[] { 3f, 8, 0, 2, 7, 6, 1, 6, 7, 0, 5, 8 })]
    public void DiagonalsOfMatrices(string align, float[] expected)
    {
        Tensor x = Arrays.Of([1, 3, 4], 1f, 2, 3, 4, 5, 6, 7, 8, 9, 8, 7, 6), which = Arrays.Row(-1, 2);
        Tensor part = new OneNode("MatrixDiagPartV3") { { "align", align } }.Feed(1, x, which, Arrays.One(0f));
        Arrays.Equal([1, 4, 3], expected, part);
        Tensor back = new OneNode("MatrixDiagV3") { { "align", align } }.Feed(
            1, part, which, Arrays.One(3), Arrays.One(4), Arrays.One(-1f));
        Arrays.Equal([1, 3, 4], new[] { 1f, 2, 3, -1, 5, 6, 7, 8, -1, 8, 7, 6 }, back);
        Tensor set = new OneNode("MatrixSetDiagV3") { { "align", align } }.Feed(2, Arrays.Of([1, 3, 4], new float[12]), part, which);
        Arrays.Equal([1, 3, 4], new[] { 1f, 2, 3, 0, 5, 6, 7, 8, 0, 8, 7, 6 }, set);
    }

    [Fact]
    public void DiagonalsAlone()
    {
        Arrays.EqualRow(new[] { 2f, 7, 6 }, new OneNode("MatrixDiagPartV2").Run(
            Arrays.Of([3, 4], 1f, 2, 3, 4, 5, 6, 7, 8, 9, 8, 7, 6), Arrays.One(1), Arrays.One(0f)));
        Tensor below = new OneNode("MatrixDiagV2").Run(Arrays.Row(1, 2), Arrays.One(-1), Arrays.One(3), Arrays.One(4), Arrays.One(9));
        Arrays.Equal([3, 4], new[] { 9, 9, 9, 9, 1, 9, 9, 9, 9, 2, 9, 9 }, below);
        Tensor cube = new OneNode("Diag").Feed(1, Arrays.Of([2, 1], 5, 6));
        Arrays.Equal([2, 1, 2, 1], new[] { 5, 0, 0, 6 }, cube);
        Arrays.Equal([2, 1], new[] { 5, 6 }, new OneNode("DiagPart").Feed(1, cube));
        Tensor band = new OneNode("MatrixBandPart").Run(
            Arrays.Of([2, 3], true, true, true, true, true, true), Arrays.One(0L), Arrays.One(-1L));
        Arrays.Equal([2, 3], new[] { true, true, true, false, true, true }, band);
        Assert.Throws<ModelBuildException>(() => new OneNode("MatrixDiagPartV3").Run(Arrays.Count(2, 2), Arrays.One(2), Arrays.One(0f)));
    }

    [Fact]
    public void Sequences()
    {
        Arrays.EqualRow(new[] { 5L, 2 }, new OneNode("Range").Feed(3, Arrays.One(5L), Arrays.One(-1L), Arrays.One(-3L)));
        Arrays.EqualRow(Array.Empty<int>(), new OneNode("Range").Run(Arrays.One(3), Arrays.One(3), Arrays.One(1)));
        Assert.Throws<ModelBuildException>(() => new OneNode("Range").Run(Arrays.One(3), Arrays.One(1), Arrays.One(1)));
        Arrays.EqualRow(new[] { 0f, 0.5f, 1 }, new OneNode("LinSpace").Feed(1, Arrays.One(0f), Arrays.One(1f), Arrays.One(3)));
        Arrays.EqualRow(new[] { -3, 6, -3 }, new OneNode("Cross").Feed(2, Arrays.Row(1, 2, 3), Arrays.Row(4, 5, 6)));
        Arrays.Equal([2, 2], new[] { 1, 0, 0, 0 }, new OneNode("OneHot").Feed(
            1, Arrays.Row<byte>(0, 255), Arrays.One(2), Arrays.One(1), Arrays.One(0)));
    }
}
