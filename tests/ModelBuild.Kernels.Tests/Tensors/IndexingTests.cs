namespace ModelBuild.Kernels.Tests.Tensors;

/// <summary>Gathers, scatters and block moves, against their definitions by coordinates.</summary>
public sealed class IndexingTests
{
    private const int Rounds = 60;

    private static void Repeat(Action<RandomTensors> test)
    {
        for (int seed = 0; seed < Rounds; seed++) test(new RandomTensors(seed));
    }

    [Fact]
    public void GatherPicksAlongAnAxis() => Repeat(random =>
    {
        NaiveTensor<float> x = random.Floats(random.Shape(random.Next(1, 4)));
        int axis = random.Next(0, x.Shape.Length - 1);
        int batch = random.Next(0, axis);
        NaiveTensor<int> indices = random.Integers([.. x.Shape[..batch], .. random.Shape(random.Next(0, 2))], 0, x.Shape[axis] - 1);
        int picked = indices.Shape.Length - batch;
        int[] shape = Gather.OutputShape(x.Shape, indices.Shape, axis, batch);
        var expected = NaiveTensor<float>.Build(shape, i =>
            x[[.. i[..axis], indices[[.. i[..batch], .. i[axis..(axis + picked)]]], .. i[(axis + picked)..]]]);
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(shape);
        Assert.Equal(expected.Data, run.Run(new Gather<float, int>(run.Input(x), run.Input(indices), output, axis, batch), output));
    });

    [Fact]
    public void GatherNdPicksSlices() => Repeat(random =>
    {
        NaiveTensor<float> x = random.Floats(random.Shape(random.Next(2, 4)));
        int batch = random.Next(0, 1);
        int length = random.Next(0, x.Shape.Length - batch);
        int[] tuples = [.. x.Shape[..batch], .. random.Shape(random.Next(0, 2))];
        var indices = NaiveTensor<long>.Build([.. tuples, length], i => random.Next(0, x.Shape[batch + i[^1]] - 1));
        int[] shape = GatherNd.OutputShape(x.Shape, indices.Shape, batch);
        var expected = NaiveTensor<float>.Build(shape, i =>
        {
            IEnumerable<int> coordinates = Enumerable.Range(0, length).Select(k => (int)indices[[.. i[..tuples.Length], k]]);
            return x[[.. i[..batch], .. coordinates, .. i[tuples.Length..]]];
        });
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(shape);
        Assert.Equal(expected.Data, run.Run(new GatherNd<float, long>(run.Input(x), run.Input(indices), output, batch), output));
    });

    [Fact]
    public void IndicesOutsideAreErrors()
    {
        float[] source = [1, 2, 3];
        float[] destination = new float[1];
        Assert.Throws<ArgumentException>(() => Gather.Run<float, int>(source, [3], [3], 0, 0, destination));
        Assert.Throws<ArgumentException>(() => Gather.Run<float, long>(source, [3], [-1L], 0, 0, destination));
        Assert.Throws<ArgumentException>(() => GatherNd.Run<float, long>(source, [3], [1L << 40], 1, 0, destination));
    }

    [Fact]
    public void ScatterAddsAndUpdateReplaces() => Repeat(random =>
    {
        int[] shape = random.Shape(random.Next(1, 3), 4);
        int length = random.Next(1, shape.Length);
        int count = random.Next(0, 5);
        var indices = NaiveTensor<int>.Build([count, length], i => random.Next(0, shape[i[1]] - 1));
        NaiveTensor<float> updates = random.Floats([count, .. shape[length..]]);
        NaiveTensor<float> x = random.Floats(shape);
        var added = NaiveTensor<float>.Build(shape, _ => 0f);
        var replaced = NaiveTensor<float>.Build(shape, i => x[i]);
        foreach (int[] i in updates.Indices())
        {
            int[] at = [.. Enumerable.Range(0, length).Select(k => indices[i[0], k]), .. i[1..]];
            added[at] += updates[i];
            replaced[at] = updates[i];
        }
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(shape);
        Assert.Equal(added.Data, run.Run(new ScatterNd<float, int>(run.Input(indices), run.Input(updates), output), output));
        run = new TensorRun();
        output = run.Output<float>(shape);
        Assert.Equal(replaced.Data, run.Run(new TensorScatterUpdate<float, int>(run.Input(x), run.Input(indices), run.Input(updates), output), output));
    });

    [Fact]
    public void OneHotMarksIndices() => Repeat(random =>
    {
        int depth = random.Next(1, 5);
        NaiveTensor<int> indices = random.Integers(random.Shape(random.Next(0, 3)), -2, depth + 1);
        int axis = random.Next(0, indices.Shape.Length);
        int[] shape = OneHot.OutputShape(indices.Shape, depth, axis);
        var expected = NaiveTensor<float>.Build(shape, i => indices[i.Where((_, a) => a != axis).ToArray()] == i[axis] ? 5f : -1f);
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(shape);
        var layer = new OneHot<float, int>(
            run.Input(indices), run.Input(new NaiveTensor<float>([], [5f])), run.Input(new NaiveTensor<float>([], [-1f])), output, axis);
        Assert.Equal(expected.Data, run.Run(layer, output));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SpaceToDepthAndBack(bool channelsFirst) => Repeat(random =>
    {
        int b = random.Next(1, 3);
        int n = random.Next(1, 2), h = random.Next(1, 3), w = random.Next(1, 3), c = random.Next(1, 3);
        NaiveTensor<float> x = random.Floats(channelsFirst ? [n, c, h * b, w * b] : [n, h * b, w * b, c]);
        int[] shape = SpaceToDepth.OutputShape(x.Shape, b, channelsFirst);
        var expected = NaiveTensor<float>.Build(shape, i =>
        {
            (int y, int z, int channel) = channelsFirst ? (i[2], i[3], i[1]) : (i[1], i[2], i[3]);
            int place = channel / c;
            (y, z, channel) = (y * b + place / b, z * b + place % b, channel % c);
            return channelsFirst ? x[i[0], channel, y, z] : x[i[0], y, z, channel];
        });
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(shape);
        Assert.Equal(expected.Data, run.Run(new SpaceToDepth<float>(run.Input(x), output, b, channelsFirst), output));
        Assert.Equal(x.Shape, DepthToSpace.OutputShape(shape, b, channelsFirst));
        run = new TensorRun();
        output = run.Output<float>(x.Shape);
        Assert.Equal(x.Data, run.Run(new DepthToSpace<float>(run.Input(expected), output, b, channelsFirst), output));
    });

    [Fact]
    public void SpaceToBatchAndBack() => Repeat(random =>
    {
        int axes = random.Next(0, 3);
        int[] block = Enumerable.Range(0, axes).Select(_ => random.Next(1, 3)).ToArray();
        int[] shape = [random.Next(1, 2), .. random.Shape(axes), .. random.Shape(random.Next(1, 2), 3)];
        int[] paddings = block.SelectMany((b, axis) =>
        {
            int before = random.Next(0, 4);
            return new[] { before, (b - (before + shape[axis + 1]) % b) % b + b * random.Next(0, 1) };
        }).ToArray();
        NaiveTensor<float> x = random.Floats(shape);
        int[] outputShape = SpaceToBatch.OutputShape(shape, block, paddings);
        var expected = NaiveTensor<float>.Build(outputShape, i =>
        {
            int[] from = (int[])i.Clone();
            from[0] = i[0] % shape[0];
            int place = i[0] / shape[0];
            for (int axis = axes; axis > 0; axis--)
            {
                from[axis] = i[axis] * block[axis - 1] + place % block[axis - 1] - paddings[2 * axis - 2];
                place /= block[axis - 1];
                if (from[axis] < 0 || from[axis] >= shape[axis]) return 0;
            }
            return x[from];
        });
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(outputShape);
        Assert.Equal(expected.Data, run.Run(new SpaceToBatch<float>(run.Input(x), output, block, paddings), output));
        Assert.Equal(shape, BatchToSpace.OutputShape(outputShape, block, paddings));
        run = new TensorRun();
        output = run.Output<float>(shape);
        Assert.Equal(x.Data, run.Run(new BatchToSpace<float>(run.Input(expected), output, block, paddings), output));
    });
}
