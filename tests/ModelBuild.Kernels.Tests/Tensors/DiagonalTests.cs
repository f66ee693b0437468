namespace ModelBuild.Kernels.Tests.Tensors;

/// <summary>Layers over diagonals of matrices against their definition by coordinates.</summary>
public sealed class DiagonalTests
{
    private const float Padding = -9;

    private sealed record Diagonals(int Rows, int Columns, int Lower, int Upper, bool LeftAbove, bool LeftBelow)
    {
        public int Longest => Enumerable.Range(Lower, Upper - Lower + 1).Max(Count);

        public int[] BandShape(int batch) => [batch, Upper - Lower + 1, Longest];

        /// <summary>Row and column of an element of a band, null for padding.</summary>
        public (int Row, int Column)? Place(int line, int position)
        {
            int diagonal = Upper - line;
            bool left = diagonal > 0 ? LeftAbove : diagonal < 0 ? LeftBelow : LeftAbove || LeftBelow;
            int along = left ? position : position - (Longest - Count(diagonal));
            return along >= 0 && along < Count(diagonal) ? (along + Math.Max(0, -diagonal), along + Math.Max(0, diagonal)) : null;
        }

        private int Count(int diagonal) => Enumerable.Range(0, Rows).Count(row => row + diagonal >= 0 && row + diagonal < Columns);
    }

    private static void Repeat(Action<RandomTensors, Diagonals> test)
    {
        for (int seed = 0; seed < 80; seed++)
        {
            var random = new RandomTensors(seed);
            int rows = random.Next(1, 5), columns = random.Next(1, 5), lower = random.Next(1 - rows, columns - 1);
            test(random, new Diagonals(rows, columns, lower, random.Next(lower, columns - 1), random.Coin(), random.Coin()));
        }
    }

    [Fact]
    public void PartsAreRead() => Repeat((random, d) =>
    {
        NaiveTensor<float> x = random.Floats([2, d.Rows, d.Columns]);
        var expected = NaiveTensor<float>.Build(d.BandShape(2), i => d.Place(i[1], i[2]) is { } at ? x[i[0], at.Row, at.Column] : Padding);
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(expected.Shape), padding = run.Input(new NaiveTensor<float>([], [Padding]));
        var layer = new MatrixDiagPart<float>(run.Input(x), padding, output, d.Lower, d.Upper, d.LeftAbove, d.LeftBelow);
        Assert.Equal(expected.Data, run.Run(layer, output));
    });

    [Fact]
    public void PartsAreWritten() => Repeat((random, d) =>
    {
        NaiveTensor<float> x = random.Floats([2, d.Rows, d.Columns]), band = random.Floats(d.BandShape(2));
        var made = NaiveTensor<float>.Build(x.Shape, _ => Padding);
        var set = NaiveTensor<float>.Build(x.Shape, i => x[i]);
        foreach (int[] i in band.Indices())
            if (d.Place(i[1], i[2]) is { } at) made[i[0], at.Row, at.Column] = set[i[0], at.Row, at.Column] = band[i];
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(x.Shape), elements = run.Input(band), padding = run.Input(new NaiveTensor<float>([], [Padding]));
        Assert.Equal(made.Data, run.Run(
            new MatrixDiag<float>(elements, padding, output, d.Lower, d.Upper, d.LeftAbove, d.LeftBelow), output));
        var layer = new MatrixSetDiag<float>(run.Input(x), elements, output, d.Lower, d.Upper, d.LeftAbove, d.LeftBelow);
        Assert.Equal(set.Data, run.Run(layer, output));
    });
}
