using System.Globalization;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Lowering;

public class LowererTests
{
    [Fact]
    public void Bytes_are_preprocessed_by_the_entry_of_either_path()
    {
        PixelInput pixels = new([0.5f, 1, 2], [-1, 0, 1], [2, 1, 0]);
        ModelGraph graph = Pictures(out Value x);
        Tensor bytes = new(DataType.UInt8, x.Shape, Enumerable.Range(0, x.Shape.Count).Select(i => (byte)i).ToArray());
        float[] floats = new float[bytes.Count];
        for (int i = 0; i < floats.Length; i++) floats[i] = (i / 3 * 3 + 2 - i % 3) * pixels.Scale[i % 3] + pixels.Offset[i % 3];
        PlanHeader header = LoweredRun.Header with { Pixels = pixels, PortRemarks = new Dictionary<string, string> { ["x"] = "Pixels." } };
        QuantizedGraph quantized = new(graph, new Dictionary<Node, QuantizedWeights>(), new Dictionary<Value, ActivationQuantization>
        {
            [x] = new(0.75f, 10), [graph.Outputs[0]] = new(0.75f, 0),
        });
        foreach (QuantizedGraph mode in new[] { QuantizedGraph.Float(graph), quantized })
        {
            LoweredModel model = Lowerer.Lower(mode, header);
            Assert.True(model.Plan.Inputs[0] is { TakesPixels: true, Remarks: "Pixels." });
            Assert.Equal(LoweredRun.Run(model, [Tensor.Of(x.Shape, floats)])[0].Data, LoweredRun.Run(model, [bytes])[0].Data);
        }
    }

    [Fact]
    public void The_plan_is_the_same_in_any_culture()
    {
        ModelGraph graph = Pictures(out _);
        LoweredModel first = LoweredRun.Static(graph);
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            LoweredModel second = LoweredRun.Static(graph);
            Assert.Equal(PlanWriter.Write(first.Plan), PlanWriter.Write(second.Plan));
            Assert.Equal(first.Blob, second.Blob);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void What_has_no_kernel_is_told_with_all_nodes()
    {
        GraphBuilder builder = new();
        Value shape = builder.Input("shape", DataType.Int32, Shape.Of(2));
        Value a = builder.Add("a", new RandomUniform(DataType.Float32), Value.Of("size", Tensor.Of(Shape.Of(1), [3])));
        Value b = builder.Add("b", new RandomUniform(DataType.Float32), shape);
        ModelBuildException error = Fails(builder.Build([a, b]));
        Assert.Equal(DiagnosticCode.UnsupportedOperations, error.Code);
        Assert.Contains("a (RandomUniform: ", error.Message);
        Assert.Contains("b (RandomUniform: ", error.Message);
    }

    [Fact]
    public void Shapes_and_operands_that_depend_on_the_input_are_told()
    {
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float32, Shape.Of(1, 4)), axes = builder.Input("axes", DataType.Int32, Shape.Of(1));
        Value shape = builder.Input("shape", DataType.Int32, Shape.Of(2));
        Value paddings = builder.Input("paddings", DataType.Int32, Shape.Of(2, 2));
        ModelBuildException open = Fails(builder.Build([builder.Add("open", new Reshape(), x, shape)]));
        Assert.Equal(DiagnosticCode.DynamicShape, open.Code);
        Assert.Contains("open (Reshape)", open.Message);
        ModelBuildException computed = Fails(builder.Build([builder.Add("pad", new Pad(PadMode.Constant), x, paddings)]));
        Assert.Equal(DiagnosticCode.DynamicShape, computed.Code);
    }

    [Fact]
    public void Open_inputs_are_told_before_what_computes_with_their_shapes()
    {
        GraphBuilder builder = new();
        Value open = builder.Input("open", DataType.Float32, Shape.Of(1, Shape.Unknown));
        ModelBuildException error = Fails(builder.Build([builder.Add("shape", new ShapeOf(DataType.Int32), open)]));
        Assert.Equal(DiagnosticCode.DynamicShape, error.Code);
        Assert.Contains("Input open", error.Message);
    }

    [Fact]
    public void Types_without_kernel_are_told()
    {
        GraphBuilder builder = new();
        Value x = builder.Input("x", DataType.Float64, Shape.Of(4, 2));
        Value weights = Value.Of("w", new Tensor(DataType.Float64, Shape.Of(2, 1), new double[2]));
        ModelBuildException error = Fails(builder.Build([builder.Add("f", new FullyConnected(Clamp.None), x, weights)]));
        Assert.Equal(DiagnosticCode.UnsupportedOperations, error.Code);
        Assert.StartsWith("Node f (FullyConnected)", error.Message);
        ModelBuildException text = Fails(builder.Build([builder.Input("text", DataType.String, Shape.Of(1))]));
        Assert.Contains("String", text.Message);
    }

    private static ModelBuildException Fails(ModelGraph graph) =>
        Assert.Throws<ModelBuildException>(() => Lowerer.Lower(QuantizedGraph.Float(graph), LoweredRun.Header));

    private static ModelGraph Pictures(out Value x)
    {
        GraphBuilder builder = new();
        x = builder.Input("x", DataType.Float32, Shape.Of(1, 4, 5, 3));
        return builder.Build([builder.Add("relu", new Unary(UnaryKind.Relu), x)]);
    }
}
