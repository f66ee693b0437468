using System.Text.Json;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Tests.Emit;

/// <summary>A small graph of the corpus with inputs and TensorFlow's outputs, all floats.</summary>
/// <param name="Folder">Where its files are.</param>
/// <param name="Inputs">Names of the inputs.</param>
/// <param name="Outputs">Names of the outputs.</param>
/// <param name="Absolute">How much an element may differ.</param>
/// <param name="Relative">How much more, in parts of it.</param>
internal sealed record OperationCase(string Folder, string[] Inputs, string[] Outputs, double Absolute, double Relative)
{
    public string GraphPath => Path.Combine(Folder, "graph.pb");

    public ImportOptions Ends => new() { Inputs = Inputs, Outputs = Outputs };

    public static OperationCase Read(string folder)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json")));
        JsonElement tolerance = json.RootElement.GetProperty("tolerance");
        return new OperationCase(
            folder,
            [.. json.RootElement.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("name").GetString()!)],
            [.. ImportOptions.Names(
                string.Join(';', json.RootElement.GetProperty("outputs").EnumerateArray().Select(output => output.GetString())))],
            tolerance.GetProperty("abs").GetDouble(), tolerance.GetProperty("rel").GetDouble());
    }

    /// <summary>Another graph of the same ends gives the same outputs.</summary>
    public void AssertGivesTheOutputs(string graphPath)
    {
        Dictionary<string, Tensor> given = Inputs.ToDictionary(name => name, name => NpyFile.Read(Path.Combine(Folder, $"in_{name}.npy")));
        ModelGraph graph = GraphImporter.Import(graphPath, Ends with { InputShape = (name, _) => given[name].Shape });
        IReadOnlyList<Tensor> got = ReferenceExecutor.Run(graph, [.. graph.Inputs.Select(input => given[input.Name])]);
        for (int k = 0; k < Outputs.Length; k++)
        {
            Tensor want = NpyFile.Read(Path.Combine(Folder, $"out_{k}.npy"));
            Assert.Equal(want.Shape, got[k].Shape);
            foreach ((object? left, object? right) in got[k].Data.Cast<object>().Zip(want.Data.Cast<object>()))
            {
                double value = Convert.ToDouble(right, null), limit = Absolute + Relative * Math.Abs(value);
                Assert.True(Math.Abs(Convert.ToDouble(left, null) - value) <= limit, $"{Folder}, output {k}: {left} instead of {right}");
            }
        }
    }
}
