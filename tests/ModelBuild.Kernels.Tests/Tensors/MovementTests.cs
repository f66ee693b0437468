namespace ModelBuild.Kernels.Tests.Tensors;

/// <summary>Layers that move values, against their definitions by coordinates; many random shapes each.</summary>
public sealed class MovementTests
{
    private const int Rounds = 60;

    /// <summary>Runs a test for many seeds; every seed gives other shapes.</summary>
    private static void Repeat(Action<RandomTensors> test)
    {
        for (int seed = 0; seed < Rounds; seed++) test(new RandomTensors(seed));
    }

    private static void Check(NaiveTensor<float> expected, float[] actual) => Assert.Equal(expected.Data, actual);

    [Fact]
    public void TransposePermutesAxes() => Repeat(random =>
    {
        NaiveTensor<float> x = random.Floats(random.Shape(random.Next(0, 6)));
        int[] permutation = random.Permutation(x.Shape.Length);
        int[] shape = Transpose.OutputShape(x.Shape, permutation);
        var expected = NaiveTensor<float>.Build(shape, i => x[permutation.Select((_, axis) => i[Array.IndexOf(permutation, axis)]).ToArray()]);
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(shape);
        Check(expected, run.Run(new Transpose<float>(run.Input(x), output, permutation), output));
    });

    [Fact]
    public void TransposeOfLargeMatrices()
    {
        var random = new RandomTensors(1);
        NaiveTensor<float> x = random.Floats([3, 70, 131]);
        float[] actual = new float[x.Data.Length];
        Transpose.Run<float>(x.Data, x.Shape, [0, 2, 1], actual);
        Check(NaiveTensor<float>.Build([3, 131, 70], i => x[i[0], i[2], i[1]]), actual);
    }

    [Fact]
    public void TransposeOfReferenceTypes()
    {
        string[] actual = new string[6];
        Transpose.Run<string>(["a", "b", "c", "d", "e", "f"], [2, 3], [1, 0], actual);
        Assert.Equal(["a", "d", "b", "e", "c", "f"], actual);
    }

    [Fact]
    public void SliceCutsABox() => Repeat(random =>
    {
        NaiveTensor<float> x = random.Floats(random.Shape(random.Next(1, 5)));
        int[] begin = x.Shape.Select(n => random.Next(0, n)).ToArray();
        int[] size = x.Shape.Select((n, axis) => random.Coin() ? -1 : random.Next(0, n - begin[axis])).ToArray();
        int[] shape = Slice.OutputShape(x.Shape, begin, size);
        var expected = NaiveTensor<float>.Build(shape, i => x[i.Zip(begin, (a, b) => a + b).ToArray()]);
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(shape);
        Check(expected, run.Run(new Slice<float>(run.Input(x), output, begin), output));
    });

    [Fact]
    public void StridedSliceWalksRanges() => Repeat(random =>
    {
        NaiveTensor<float> x = random.Floats(random.Shape(random.Next(1, 4)));
        long[] begin = x.Shape.Select(n => (long)random.Next(-n - 2, n + 2)).ToArray();
        long[] end = x.Shape.Select(n => (long)random.Next(-n - 2, n + 2)).ToArray();
        long[] strides = x.Shape.Select(_ => (long)(random.Coin() ? random.Next(1, 3) : -random.Next(1, 3))).ToArray();
        StridedSliceRange range = StridedSliceRange.Resolve(x.Shape, begin, end, strides, default);
        int[][] taken = x.Shape.Select((n, axis) => PythonRange(n, begin[axis], end[axis], strides[axis])).ToArray();
        Assert.Equal(taken.Select(t => t.Length), range.Shape);
        var expected = NaiveTensor<float>.Build(range.Shape, i => x[i.Select((k, axis) => taken[axis][k]).ToArray()]);
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(range.Shape);
        Check(expected, run.Run(new StridedSlice<float>(run.Input(x), output, range.Begin, range.Strides, range.Size), output));
    });

    /// <summary>The indices Python's x[begin:end:stride] takes.</summary>
    private static int[] PythonRange(int n, long begin, long end, long stride)
    {
        if (begin < 0) begin += n;
        if (end < 0) end += n;
        begin = stride > 0 ? Math.Clamp(begin, 0, n) : Math.Clamp(begin, -1, n - 1);
        var taken = new List<int>();
        for (long i = begin; stride > 0 ? i < Math.Min(end, n) : i > Math.Max(end, -1); i += stride) taken.Add((int)i);
        return [.. taken];
    }

    [Fact]
    public void StridedSliceMasksResolve()
    {
        // x[1, ..., newaxis, 2:, ::-1] of shape [4, 5, 6, 7]
        StridedSliceRange range = StridedSliceRange.Resolve(
            [4, 5, 6, 7], [1, 0, 0, 2, 0], [2, 0, 0, 0, 0], [1, 1, 1, 1, -1], new StridedSliceMasks(Begin: 16, End: 24, Ellipsis: 2, NewAxis: 4, ShrinkAxis: 1));
        Assert.Equal([5, 1, 4, 7], range.Shape);
        Assert.Equal([1, 0, 2, 6], range.Begin);
        Assert.Equal([1, 1, 1, -1], range.Strides);
        Assert.Equal([1, 5, 4, 7], range.Size);
        Assert.Throws<ArgumentException>(() => StridedSliceRange.Resolve([3], [3], [4], [1], new StridedSliceMasks(0, 0, 0, 0, 1)));
        Assert.Throws<ArgumentException>(() => StridedSliceRange.Resolve([3], [0], [2], [0], default));
        Assert.Throws<ArgumentException>(() => StridedSliceRange.Resolve([3], [0, 0], [1, 1], [1, 1], default));
    }

    [Fact]
    public void ConcatAndSplitAreInverse() => Repeat(random =>
    {
        int[] shape = random.Shape(random.Next(1, 4));
        int axis = random.Next(0, shape.Length - 1);
        NaiveTensor<float>[] parts = Enumerable.Range(0, 3).Select(_ =>
        {
            int[] part = (int[])shape.Clone();
            part[axis] = random.Next(0, 4);
            return random.Floats(part);
        }).ToArray();
        int[] whole = Concat.OutputShape(parts.Select(p => p.Shape).ToArray(), axis - shape.Length);
        float[] joined = new float[whole.Aggregate(1, (a, b) => a * b)];
        int position = 0;
        foreach (NaiveTensor<float> part in parts)
        {
            Concat.Run<float>(part.Data, part.Shape, axis, position, joined, whole[axis]);
            position += part.Shape[axis];
        }
        var expected = NaiveTensor<float>.Build(whole, i =>
        {
            int[] inside = (int[])i.Clone();
            foreach (NaiveTensor<float> part in parts)
            {
                if (inside[axis] < part.Shape[axis]) return part[inside];
                inside[axis] -= part.Shape[axis];
            }
            throw new InvalidOperationException("outside all parts");
        });
        Check(expected, joined);

        position = 0;
        foreach (NaiveTensor<float> part in parts)
        {
            float[] cut = new float[part.Data.Length];
            Split.Run<float>(joined, whole, axis, position, part.Shape[axis], cut);
            Check(part, cut);
            position += part.Shape[axis];
        }
    });

    [Fact]
    public void PackAndUnpackStack() => Repeat(random =>
    {
        int[] shape = random.Shape(random.Next(0, 3));
        int axis = random.Next(0, shape.Length);
        NaiveTensor<float>[] parts = [random.Floats(shape), random.Floats(shape), random.Floats(shape)];
        int[] whole = Pack.OutputShape(shape, parts.Length, axis);
        float[] stack = new float[whole.Aggregate(1, (a, b) => a * b)];
        for (int i = 0; i < parts.Length; i++) Pack.Run<float>(parts[i].Data, shape, axis, i, stack, parts.Length);
        Check(NaiveTensor<float>.Build(whole, i => parts[i[axis]][i.Where((_, a) => a != axis).ToArray()]), stack);
        Assert.Equal(shape, Unpack.OutputShape(whole, axis));
        for (int i = 0; i < parts.Length; i++)
        {
            float[] part = new float[parts[i].Data.Length];
            Unpack.Run<float>(stack, whole, axis, i, part);
            Check(parts[i], part);
        }
    });

    [Fact]
    public void PadPutsAConstantAround() => Repeat(random =>
    {
        NaiveTensor<float> x = random.Floats(random.Shape(random.Next(1, 4)));
        int[] paddings = x.Shape.SelectMany(_ => new[] { random.Next(0, 3), random.Next(0, 3) }).ToArray();
        int[] shape = Pad.OutputShape(x.Shape, paddings);
        var expected = NaiveTensor<float>.Build(shape, i =>
        {
            int[] inside = i.Select((k, axis) => k - paddings[2 * axis]).ToArray();
            return inside.Zip(x.Shape).All(p => p.First >= 0 && p.First < p.Second) ? x[inside] : 7f;
        });
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(shape);
        Check(expected, run.Run(new Pad<float>(run.Input(x), run.Input(new NaiveTensor<float>([], [7f])), output, paddings), output));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MirrorPadReflects(bool symmetric) => Repeat(random =>
    {
        NaiveTensor<float> x = random.Floats(random.Shape(random.Next(1, 4)));
        int skip = symmetric ? 0 : 1;
        int[] paddings = x.Shape.SelectMany(n => new[] { random.Next(0, n - skip), random.Next(0, n - skip) }).ToArray();
        int[] shape = Pad.OutputShape(x.Shape, paddings);
        var expected = NaiveTensor<float>.Build(shape, i => x[i.Select((k, axis) =>
        {
            int inside = k - paddings[2 * axis];
            if (inside < 0) inside = -inside - 1 + skip;
            return inside < x.Shape[axis] ? inside : 2 * x.Shape[axis] - inside - 1 - skip;
        }).ToArray()]);
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(shape);
        Check(expected, run.Run(new MirrorPad<float>(run.Input(x), output, paddings, symmetric), output));
    });

    [Fact]
    public void TileAndBroadcastRepeat() => Repeat(random =>
    {
        NaiveTensor<float> x = random.Floats(random.Shape(random.Next(1, 4), 4));
        int[] multiples = x.Shape.Select(_ => random.Next(0, 3)).ToArray();
        int[] shape = Tile.OutputShape(x.Shape, multiples);
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(shape);
        var expected = NaiveTensor<float>.Build(shape, i => x[i.Select((k, axis) => k % x.Shape[axis]).ToArray()]);
        Check(expected, run.Run(new Tile<float>(run.Input(x), output, multiples), output));

        NaiveTensor<float> small = random.Floats(random.Broadcastable(x.Shape));
        run = new TensorRun();
        output = run.Output<float>(x.Shape);
        Check(NaiveTensor<float>.Build(x.Shape, small.Broadcast), run.Run(new BroadcastTo<float>(run.Input(small), output), output));
    });

    [Fact]
    public void ReverseAndRollMoveAlongAxes() => Repeat(random =>
    {
        NaiveTensor<float> x = random.Floats(random.Shape(random.Next(1, 4)));
        int[] axes = Enumerable.Range(0, x.Shape.Length).Where(_ => random.Coin()).ToArray();
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(x.Shape);
        var reversed = NaiveTensor<float>.Build(x.Shape, i => x[i.Select((k, axis) => axes.Contains(axis) ? x.Shape[axis] - 1 - k : k).ToArray()]);
        Check(reversed, run.Run(new Reverse<float>(run.Input(x), output, axes), output));

        int[] rolled = [0, x.Shape.Length - 1, 0];
        int[] shifts = [random.Next(-9, 9), random.Next(-9, 9), random.Next(-9, 9)];
        int Total(int axis) => rolled.Zip(shifts).Where(p => p.First == axis).Sum(p => p.Second);
        var expected = NaiveTensor<float>.Build(x.Shape, i =>
            x[i.Select((k, axis) => ((k - Total(axis)) % x.Shape[axis] + x.Shape[axis]) % x.Shape[axis]).ToArray()]);
        run = new TensorRun();
        output = run.Output<float>(x.Shape);
        Check(expected, run.Run(new Roll<float>(run.Input(x), output, shifts, rolled), output));
    });

    [Fact]
    public void ReverseSequenceTurnsPrefixes() => Repeat(random =>
    {
        NaiveTensor<float> x = random.Floats(random.Shape(random.Next(2, 4)));
        int[] axes = random.Permutation(x.Shape.Length);
        int time = axes[0];
        int batch = axes[1];
        NaiveTensor<int> lengths = random.Integers([x.Shape[batch]], 0, x.Shape[time]);
        var expected = NaiveTensor<float>.Build(x.Shape, i =>
        {
            int[] from = (int[])i.Clone();
            int length = lengths.Data[i[batch]];
            if (i[time] < length) from[time] = length - 1 - i[time];
            return x[from];
        });
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(x.Shape);
        Check(expected, run.Run(new ReverseSequence<float, int>(run.Input(x), run.Input(lengths), output, time, batch), output));
    });

    [Fact]
    public void MatrixBandPartKeepsDiagonals() => Repeat(random =>
    {
        NaiveTensor<float> x = random.Floats(random.Shape(random.Next(2, 3)));
        int lower = random.Next(-1, 4);
        int upper = random.Next(-1, 4);
        var expected = NaiveTensor<float>.Build(x.Shape, i =>
            (lower < 0 || i[^2] - i[^1] <= lower) && (upper < 0 || i[^1] - i[^2] <= upper) ? x[i] : 0f);
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(x.Shape);
        Check(expected, run.Run(new MatrixBandPart<float>(run.Input(x), output, lower, upper), output));
    });

    [Fact]
    public void RangeCountsAsTensorFlow()
    {
        Assert.Equal(4, Range.Length(0, 10, 3));
        Assert.Equal(4, Range.Length(10, 0, -3));
        Assert.Equal(0, Range.Length(5, 5, 1));
        Assert.Equal(3, Range.Length(long.MinValue, long.MaxValue, long.MaxValue));
        Assert.Equal(5, Range.Length(0f, 2.5f, 0.5f));
        Assert.Equal(3, Range.Length(0f, 0.3f, 0.1f));
        Assert.Equal(2, Range.Length<ulong>(0, ulong.MaxValue, ulong.MaxValue - 1));
        Assert.Throws<ArgumentException>(() => Range.Length(0, 1, 0));
        Assert.Throws<ArgumentException>(() => Range.Length(0, 1, -1));
        float[] values = new float[4];
        Range.Run(1f, 0.25f, values);
        Assert.Equal([1f, 1.25f, 1.5f, 1.75f], values);
    }
}
