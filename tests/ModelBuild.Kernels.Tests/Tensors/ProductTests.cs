namespace ModelBuild.Kernels.Tests.Tensors;

/// <summary>Matrix products and Einstein sums against their definitions by coordinates.</summary>
public sealed class ProductTests
{
    private static void Close(NaiveTensor<float> expected, float[] actual)
    {
        Assert.Equal(expected.Data.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++) Assert.Equal(expected.Data[i], actual[i], 1e-4f);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void MatricesMultiply(bool transposeLeft, bool transposeRight)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new RandomTensors(seed);
            int m = random.Next(1, 11), k = random.Next(0, 40), n = random.Next(1, 45);
            int[] batch = random.Shape(random.Next(0, 2), 3);
            NaiveTensor<float> a = random.Floats([.. random.Broadcastable(batch), .. transposeLeft ? [k, m] : (int[])[m, k]]);
            NaiveTensor<float> b = random.Floats([.. random.Broadcastable(batch), .. transposeRight ? [n, k] : (int[])[k, n]]);
            int[] shape = MatMul.OutputShape(a.Shape, b.Shape, transposeLeft, transposeRight);
            var expected = NaiveTensor<float>.Build(shape, i => (float)Enumerable.Range(0, k).Sum(x =>
                (double)a.Broadcast([.. i[..^2], .. transposeLeft ? [x, i[^2]] : (int[])[i[^2], x]])
                * b.Broadcast([.. i[..^2], .. transposeRight ? [i[^1], x] : (int[])[x, i[^1]]])));
            var run = new TensorRun();
            FlatBuffer<float> output = run.Output<float>(shape);
            Close(expected, run.Run(new MatMul<float>(run.Input(a), run.Input(b), output, transposeLeft, transposeRight), output));

            var halves = new Half[expected.Data.Length];
            MatMul.Run<Half>(
                a.Data.Select(v => (Half)v).ToArray(), a.Shape, b.Data.Select(v => (Half)v).ToArray(), b.Shape, transposeLeft, transposeRight, halves);
            for (int i = 0; i < halves.Length; i++) Assert.Equal(expected.Data[i], (float)halves[i], 0.15f);
        }
    }

    [Theory]
    [InlineData("ij,jk->ik", "i=5 j=7 k=19")]
    [InlineData("bij,bkj->bik", "b=2 i=5 j=7 k=3")]
    [InlineData("bqhd,bkhd->bhqk", "b=2 q=4 k=5 h=3 d=6")]
    [InlineData("i,j->ji", "i=4 j=3")]
    [InlineData("ii->i", "i=4")]
    [InlineData("iij->j", "i=4 j=3")]
    [InlineData("ij->", "i=4 j=3")]
    [InlineData("i->ii", "i=4")]
    [InlineData("ij,ik->j", "i=4 j=3 k=2")]
    [InlineData("iij,jkk->ik", "i=4 j=3 k=2")]
    [InlineData("abc->cab", "a=4 b=3 c=2")]
    [InlineData(",ij->ji", "i=2 j=3")]
    public void EinsteinSums(string equation, string sizes)
    {
        Dictionary<char, int> size = sizes.Split(' ').ToDictionary(s => s[0], s => int.Parse(s[2..], System.Globalization.CultureInfo.InvariantCulture));
        string[] sides = equation.Split("->");
        string[] terms = sides[0].Split(',');
        var random = new RandomTensors(equation.Length);
        NaiveTensor<float>[] operands = terms.Select(t => random.Floats(t.Select(c => size[c]).ToArray())).ToArray();
        Close(Sum(terms, sides[1], size, operands), Run(equation, operands));
    }

    [Fact]
    public void EllipsesBroadcast()
    {
        var random = new RandomTensors(3);
        NaiveTensor<float> a = random.Floats([2, 1, 4, 5]);
        NaiveTensor<float> b = random.Floats([3, 5, 6]);
        var expected = NaiveTensor<float>.Build([2, 3, 6, 4], i => Enumerable.Range(0, 5).Sum(k => a[i[0], 0, i[3], k] * b[i[1], k, i[2]]));
        Close(expected, Run("...ik,...kj->...ji", a, b));
        Assert.Throws<ArgumentException>(() => new EinsumPlan("...i->i", [2, 3]));
        Assert.Throws<ArgumentException>(() => new EinsumPlan("ij,jk->ik", [2, 3], [4, 5]));
        Assert.Throws<ArgumentException>(() => new EinsumPlan("ij->ik", [2, 3]));
    }

    private static float[] Run(string equation, params NaiveTensor<float>[] operands)
    {
        // A sum of one operand is one with the number 1.
        if (operands.Length == 1) return Run(equation.Replace("->", ",->"), operands[0], NaiveTensor<float>.Build([], _ => 1));
        var plan = new EinsumPlan(equation, operands.Select(o => o.Shape).ToArray());
        var run = new TensorRun();
        FlatBuffer<float> output = run.Output<float>(plan.OutputShape);
        FlatBuffer<float> scratch = run.Output<float>([plan.ScratchLength]);
        return run.Run(new Einsum<float>(run.Input(operands[0]), run.Input(operands[1]), scratch, output, equation), output);
    }

    /// <summary>The definition: for all values of all labels, add the product of the operands' elements to the result's element.</summary>
    private static NaiveTensor<float> Sum(string[] terms, string result, Dictionary<char, int> size, NaiveTensor<float>[] operands)
    {
        var sum = NaiveTensor<float>.Build(result.Select(c => size[c]).ToArray(), _ => 0f);
        char[] labels = [.. size.Keys];
        foreach (int[] values in NaiveTensor<bool>.Build(labels.Select(c => size[c]).ToArray(), _ => true).Indices())
        {
            int[] At(string term) => term.Select(c => values[Array.IndexOf(labels, c)]).ToArray();
            sum[At(result)] += operands.Select((operand, i) => operand[At(terms[i])]).Aggregate(1f, (a, b) => a * b);
        }
        return sum;
    }
}
