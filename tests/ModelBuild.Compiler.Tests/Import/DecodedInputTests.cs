using Google.Protobuf;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Tests.Data;
using ModelBuild.Compiler.Tests.Media;
using ModelBuild.Plan;
using static ModelBuild.Compiler.Tests.Import.Definitions;
using static ModelBuild.Compiler.Tests.Operations.Nodes;

namespace ModelBuild.Compiler.Tests.Import;

/// <summary>Graphs that begin with a file: compiled, they take what was decoded.</summary>
public class DecodedInputTests
{
    private static NodeDef File => Placeholder("file", (int)DataType.String);

    private static NodeDef[] PictureNet =>
    [
        File, Node("decode = DecodePng(file)", ("channels", Number(3))), Node("real = Cast(decode)", ("SrcT", Type(4)), ("DstT", Type(Float))),
        Const("axis", 0), Node("batch = ExpandDims(real, axis)", ("T", Type(Float))), Const("size", [4, 6], 2),
        Node("resized = ResizeBilinear(batch, size)", ("T", Type(Float))), Node("result = Relu(resized)", ("T", Type(Float))),
    ];

    private static NodeDef[] SoundNet(string file) =>
    [
        Node($"decode = DecodeWav({file})", ("desired_samples", Number(400)), ("desired_channels", Number(1))),
        Node("spectrogram = AudioSpectrogram(decode)", ("window_size", Number(100)), ("stride", Number(50)), ("magnitude_squared", Truth(true))),
        Node("result = Mfcc(spectrogram, decode:1)", ("upper_frequency_limit", Real(3000))),
    ];

    [Fact]
    public void A_picture_has_the_size_of_the_data()
    {
        using TemporaryFolder folder = new();
        string data = folder.PathOf("data.npy");
        NpyFile.Write(data, new Tensor(DataType.UInt8, Shape.Of(2, 5, 3, 3), new byte[90]));
        CompiledModel model = Compile(folder, PictureNet, options => options with { CalibrationData = data, Quantize = "None" });
        Assert.Equal(["decode byte [1,5,3,3]"], model.Plan.Inputs.Select(Text));
        Assert.EndsWith(", input at decode", model.Report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_has_the_size_of_the_first_of_a_folder()
    {
        using TemporaryFolder folder = new();
        folder.Write("pictures/a.png", new PngWriter(3, 2, 2, 8, false).Write(new ushort[18]));
        CompiledModel model = Compile(folder, PictureNet, options => options with { CalibrationData = folder.PathOf("pictures") });
        Assert.Equal(["decode byte [1,3,2,3]"], model.Plan.Inputs.Select(Text));
    }

    [Fact]
    public void A_picture_of_no_known_size_is_told_with_what_to_do()
    {
        using TemporaryFolder folder = new();
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => Compile(folder, PictureNet, options => options));
        Assert.Equal(DiagnosticCode.DynamicShape, error.Code);
        Assert.StartsWith("Node decode (DecodePng)", error.Message, StringComparison.Ordinal);
        Assert.Contains("set Inputs to resized", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file", null)]
    [InlineData("read", "decode")]
    public void Sound_comes_with_its_sample_rate(string source, string? inputs)
    {
        using TemporaryFolder folder = new();
        NodeDef[] nodes = [File, Node("read = ReadFile(file)"), .. SoundNet(source)];
        CompiledModel model = Compile(folder, nodes, options => options with { Inputs = inputs, Outputs = "result" });
        Assert.Equal(["decode float [1,400,1]", "decode:1 int []"], model.Plan.Inputs.Select(Text));
        Assert.EndsWith(", input at decode", model.Report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nothing_reads_is_no_input()
    {
        using TemporaryFolder folder = new();
        NodeDef[] nodes = [File, .. SoundNet("file")];
        CompiledModel model = Compile(folder, nodes, options => options with { Outputs = "spectrogram" });
        Assert.Equal(["decode float [1,400,1]"], model.Plan.Inputs.Select(Text));
    }

    private static string Text(PlanPort port) => $"{port.Name} {port.Type} [{string.Join(',', port.Shape)}]";

    private static CompiledModel Compile(TemporaryFolder folder, NodeDef[] nodes, Func<ModelOptions, ModelOptions> with) =>
        ModelCompiler.Compile(with(new ModelOptions { ModelPath = folder.Write("net.pb", Define(nodes).ToByteArray()) }));
}
