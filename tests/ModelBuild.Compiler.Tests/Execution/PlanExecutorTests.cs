using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Graph;
using ModelBuild.Generator.Tests;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Execution;

/// <summary>Plans of a few layers against their definitions, and what is wrong with plans and inputs.</summary>
public class PlanExecutorTests
{
    private static readonly PlanExecutor Tiny = new(SamplePlans.Tiny, SamplePlans.TinyWeights);
    private static readonly PlanExecutor Words = new(TensorPlans.Words, TensorPlans.WordsWeights);

    [Fact]
    public void A_quantised_classifier_gives_what_its_definition_says()
    {
        Random random = new(1);
        for (int i = 0; i < 100; i++)
        {
            byte[] pixels = new byte[4];
            random.NextBytes(pixels);
            double[] expected = TinyByDefinition(pixels);
            float[] floats = [.. pixels.Select(pixel => pixel / 255f)], spans = new float[3];
            Tiny.Run(floats, spans);
            Assert.All(expected.Zip(spans), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            Assert.Equal(spans, Tiny.Run([Tensor.Of(Shape.Of(1, 1, 1, 4), floats)])[0].Elements<float>());
            Assert.Equal(spans, Tiny.Run([new(DataType.UInt8, Shape.Of(1, 1, 1, 4), pixels)])[0].Elements<float>());
        }
    }

    [Theory]
    [InlineData(new[] { 0, 1, 0, 1 }, 1, false, true)]
    [InlineData(new[] { 2, 2, 2, 4 }, 0, true, false)]
    [InlineData(new[] { 3, 3, 3, 3 }, 0, true, true)]
    [InlineData(new[] { 4, 4, 4, 4 }, 0, false, false)]
    public void Tensor_layers_give_what_the_generated_class_gives(int[] ids, long best, bool first, bool second)
    {
        Tensor[] outputs = Words.Run([Tensor.Of(Shape.Of(1, 4), ids)]);
        Assert.Equal([best], outputs[0].Elements<long>());
        Assert.Equal([first, second], outputs[1].Elements<bool>());
        Assert.Equal(Shape.Of(1, 2), outputs[1].Shape);
    }

    [Fact]
    public void Scalars_of_all_types_and_an_empty_array_come_back()
    {
        PlanExecutor types = new(TensorPlans.Types, []);
        Array[] values =
        [
            new[] { true }, new sbyte[] { -1 }, new byte[] { 255 }, new short[] { -2 }, new ushort[] { 65535 }, new[] { -3 },
            new uint[] { 4000000000 }, new long[] { -4 }, new[] { ulong.MaxValue }, new[] { 1.5f }, new[] { -2.5 }, new[] { (Half)3 },
        ];
        DataType[] names =
        [
            DataType.Bool, DataType.Int8, DataType.UInt8, DataType.Int16, DataType.UInt16, DataType.Int32, DataType.UInt32, DataType.Int64,
            DataType.UInt64, DataType.Float32, DataType.Float64, DataType.Float16,
        ];
        IEnumerable<Tensor> scalars = values.Zip(names, (value, type) => new Tensor(type, Shape.Scalar, value));
        Tensor[] outputs = types.Run([.. scalars, Tensor.Of(Shape.Of(2, 0), Array.Empty<float>())]);
        Assert.Equal([.. values, Array.Empty<float>()], outputs.Select(output => output.Data));
        Assert.Equal([.. names, DataType.Float32], outputs.Select(output => output.Type));
    }

    [Fact]
    public void Every_buffer_can_be_read_after_every_layer()
    {
        List<string> seen = [];
        Words.Run([Tensor.Of(Shape.Of(1, 4), [2, 2, 2, 4])], (layer, read) =>
        {
            seen.Add(layer.Name);
            if (layer.Name == "means") Assert.Equal([2.25f, -2.25f], read("means").Elements<float>());
            Assert.Equal([2, 2, 2, 4], read("ids").Elements<int>());
            Assert.Equal(Shape.Of(5, 2), read("table").Shape);
        });
        Assert.Equal(TensorPlans.Words.Layers.Select(layer => layer.Name), seen);
    }

    [Fact]
    public void Images_are_read_row_by_row_with_their_channels_together()
    {
        byte[] pixels = [.. Enumerable.Range(0, 2 * 3 * 5).Select(i => (byte)(7 * i))];
        ModelPlan plan = SamplePlans.Tiny with
        {
            Inputs = [new("image", "float", [1, 2, 3, 5], true, "")], Outputs = [], Labels = [],
            Buffers = [new("image", "byte", [1, 2, 3, 5], 0, new(5, 6, 20, 9, null))],
            Layers = [SamplePlans.Tiny.Layers[0]],
        };
        new PlanExecutor(plan, SamplePlans.TinyWeights).Run([new(DataType.UInt8, Shape.Of(1, 2, 3, 5), pixels)], (_, read) =>
        {
            Assert.Equal(Shape.Of(1, 2, 3, 5), read("image").Shape);
            Assert.Equal(pixels, read("image").Elements<byte>());
        });
    }

    [Fact]
    public async Task Threads_do_not_disturb_each_other()
    {
        int[] mismatches = await Task.WhenAll(Task.Run(() => Mismatches(1)), Task.Run(() => Mismatches(2)));
        Assert.Equal([0, 0], mismatches);
    }

    [Fact]
    public void Spans_allocate_nothing()
    {
        float[] image = [1, 0, 0, 1], probs = new float[3];
        for (int i = 0; i < 100; i++) Tiny.Run(image, probs);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) Tiny.Run(image, probs);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_the_datas_fault()
    {
        Tensor ids = Tensor.Of(Shape.Of(1, 4), [1, 1, 1, 1]);
        Assert.Equal("words.pb has 1 inputs, not 2.", Mismatch([ids, ids]));
        Assert.Equal("Input ids of words.pb is int [1,4], and Int32[3] is given.", Mismatch([Tensor.Of(Shape.Of(3), [1, 1, 1])]));
        Assert.Contains("UInt32[1,4]", Mismatch([new(DataType.UInt32, Shape.Of(1, 4), new uint[4])]), StringComparison.Ordinal);
        Assert.Contains("\"rows\" (Gather<float,int>) of words.pb cannot go on", Mismatch([Tensor.Of(Shape.Of(1, 4), [1, 1, 5, 1])]), StringComparison.Ordinal);
        Assert.Equal([1L], Words.Run([ids])[0].Elements<long>());

        static string Mismatch(Tensor[] inputs)
        {
            ModelBuildException error = Assert.Throws<ModelBuildException>(() => Words.Run(inputs));
            Assert.Equal(DiagnosticCode.DataMismatch, error.Code);
            return error.Message;
        }
    }

    [Theory]
    [InlineData("ReduceFloating<float>", "ReduceNothing<float>", "\"means\"", "no such kind")]
    [InlineData("ReduceFloating<float>", "ReduceFloating<int>", "\"means\"", "")]
    [InlineData("ReduceFloating<float>", "ReduceFloating", "\"means\"", "one constructor")]
    [InlineData("Gather<float,int>", "Gather<float,long>", "\"rows\"", "argument indices is of type")]
    [InlineData("function=\"Mean\"", "function=\"Mien\"", "\"means\"", "Mien")]
    [InlineData(" least=false", "", "\"best\"", "argument least is missing")]
    [InlineData(" least=false", " least=false most=false", "\"best\"", "5 arguments are given")]
    [InlineData(" least=false", " least=0", "\"best\"", "argument least is of type")]
    [InlineData("input=@table", "input=@chair", "\"rows\"", "no buffer \"chair\"")]
    [InlineData("array rows float[1,4,2] 64", "array rows float[1,4,2] 65", "\"rows\"", "not aligned")]
    [InlineData("array rows float[1,4,2] 64", "array rows float[1,4,2] 320", "\"rows\"", "outside")]
    [InlineData("array rows float[1,4,2]", "array rows float[1,4,3]", "\"rows\"", "shape")]
    [InlineData("array rows float", "array rows string", "\"rows\"", "no element type")]
    [InlineData("constant table $float[5,2]:40:Raw", "constant table $float[5,2]:40:Raw@8", "\"table\"", "outside")]
    [InlineData("Gather<float,int> = input=@table indices=< output=>", "Gather<float,int> = input=@table indices=< output=@table", "\"rows\"", "\"table\" is constant")]
    [InlineData("exit 1", "exit 7", "\"positive\"", "")]
    [InlineData("exit 1 CopyOutput<bool> positive input=@positive\n", "", "\"positive\"", "writes output")]
    [InlineData("ArgReduce<float,long>", "entry 0 ArgReduce<float,long>", "\"best\"", "cannot serve as Entry")]
    public void A_plan_that_contradicts_itself_is_an_internal_error(string good, string bad, string name, string complaint)
    {
        string text = PlanWriter.Write(TensorPlans.Words);
        Assert.Contains(good, text, StringComparison.Ordinal);
        ModelPlan plan = PlanReader.Read(text.Replace(good, bad, StringComparison.Ordinal));
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => new PlanExecutor(plan, TensorPlans.WordsWeights));
        Assert.Equal(DiagnosticCode.InternalError, error.Code);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    private static double[] TinyByDefinition(byte[] pixels)
    {
        sbyte[] weights = [.. SamplePlans.TinyWeights.Take(12).Select(value => (sbyte)value)];
        double[] logits = new double[3];
        for (int row = 0; row < 3; row++)
        {
            int sum = pixels.Select((pixel, i) => pixel * weights[row * 4 + i]).Sum();
            int q = 128 + (int)MathF.Round(Math.Clamp(sum * (1 / 900f), -128f, 127f), MidpointRounding.ToEven);
            logits[row] = Math.Exp(0.05f * (q - 128));
        }
        return [.. logits.Select(logit => logit / logits.Sum())];
    }

    private static int Mismatches(int seed)
    {
        Random random = new(seed);
        PlanExecutor alone = new(SamplePlans.Tiny, SamplePlans.TinyWeights);
        float[] image = new float[4], expected = new float[3], actual = new float[3];
        int mismatches = 0;
        for (int i = 0; i < 20_000; i++)
        {
            for (int p = 0; p < image.Length; p++) image[p] = random.NextSingle();
            alone.Run(image, expected);
            Tiny.Run(image, actual);
            if (!actual.AsSpan().SequenceEqual(expected)) mismatches++;
        }
        return mismatches;
    }
}
