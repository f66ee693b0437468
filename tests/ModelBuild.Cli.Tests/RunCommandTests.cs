using ModelBuild.Compiler.Checking;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Cli.Tests;

public class RunCommandTests
{
    [Fact]
    public void GivesTensorFlowsOutputs()
    {
        using CaseFolder folder = new();

        string image = "image=" + Samples.Path("test.npy");
        Tool tool = Tool.Run("run", Samples.Digits, "--in", image, "--out", folder.Path, "--preprocess", "ZeroToOne");

        Assert.Equal((0, ""), (tool.ExitCode, tool.Error));
        Tensor want = NpyFile.Read(Samples.Path("digits_test_probs.npy"));
        Assert.Null(TensorComparison.Compare(NpyFile.Read(System.IO.Path.Combine(folder.Path, "out_0.npy")), want, new Tolerance(1e-5, 0)));
    }

    [Fact]
    public void SeveralInputsByName()
    {
        using CaseFolder folder = new();
        string model = System.IO.Path.Combine(folder.Path, "model.pb");
        CaseFolder.WriteModel(model, "Sub", "x", "y");
        string x = Array("x", 5, 7), y = Array("y", 1, 10);

        Tool tool = Tool.Run("run", model, "--in", "y=" + y, "--in", "x:0=" + x, "--out", folder.Path);

        Assert.Equal((0, ""), (tool.ExitCode, tool.Error));
        Assert.Equal([4f, -3f], NpyFile.Read(System.IO.Path.Combine(folder.Path, "out_0.npy")).Elements<float>().ToArray());

        string Array(string name, params float[] values)
        {
            string path = System.IO.Path.Combine(folder.Path, name + ".npy");
            NpyFile.Write(path, Tensor.Of(Shape.Of(values.Length), values));
            return path;
        }
    }

    [Theory]
    [InlineData("MB1007", "--in", "picture=test.npy")]
    [InlineData("MB2001", "--in", "image=missing.npy")]
    [InlineData("MB6001", "--in", "image=")]
    [InlineData("MB2002", "--in", "image=test_labels.npy")]
    [InlineData("MB6001", "--in", "image=test.npy", "--quantize", "None")]
    public void WrongUsageIsOneLine(string code, params string[] args)
    {
        using CaseFolder folder = new();
        string[] found = [.. args.Select(argument => argument.Replace("=test", "=" + Path.GetDirectoryName(Samples.Digits) + "/test"))];

        Tool tool = Tool.Run(["run", Samples.Digits, "--out", folder.Path, .. found]);

        Assert.Equal((2, ""), (tool.ExitCode, tool.Output));
        Assert.Matches($@"\A[^\n]+ : error {code}: [^\n]+\n\z", tool.Error.ReplaceLineEndings("\n"));
    }
}
