using Google.Protobuf;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Cli.Tests;

/// <summary>A temporary folder of operation cases, deleted at the end of a test.</summary>
internal sealed class CaseFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("modelbuild-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Writes a case of an operation of two float inputs of one shape.</summary>
    public void Add(string name, string operation, float[] x, float[] y, Tensor want, double tolerance = 0)
    {
        string folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;
        WriteModel(System.IO.Path.Combine(folder, "graph.pb"), operation, "x", "y");
        NpyFile.Write(System.IO.Path.Combine(folder, "in_x.npy"), Tensor.Of(Shape.Of(x.Length), x));
        NpyFile.Write(System.IO.Path.Combine(folder, "in_y.npy"), Tensor.Of(Shape.Of(y.Length), y));
        NpyFile.Write(System.IO.Path.Combine(folder, "out_0.npy"), want);
        string allowed = tolerance.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string description = $$"""{ "outputs": ["result:0"], "tolerance": { "abs": {{allowed}}, "rel": 0 } }""";
        File.WriteAllText(System.IO.Path.Combine(folder, "case.json"), description);
    }

    /// <summary>Writes a network of one operation of one float input, a sample a pair of arrays.</summary>
    public void AddNetwork(string name, string operation, params (float[] In, float[] Out)[] samples)
    {
        string folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;
        WriteModel(System.IO.Path.Combine(folder, "model.pb"), operation, "x");
        for (int i = 0; i < samples.Length; i++)
        {
            NpyFile.Write(System.IO.Path.Combine(folder, $"in_{i}.npy"), Tensor.Of(Shape.Of(samples[i].In.Length), samples[i].In));
            NpyFile.Write(System.IO.Path.Combine(folder, $"out_{i}.npy"), Tensor.Of(Shape.Of(samples[i].Out.Length), samples[i].Out));
        }
        File.WriteAllText(System.IO.Path.Combine(folder, "model.json"), """{ "input": "x:0", "output": "result:0" }""");
    }

    /// <summary>Writes the graph result = operation(inputs).</summary>
    public static void WriteModel(string path, string operation, params string[] inputs)
    {
        GraphDef graph = new();
        foreach (string name in inputs)
        {
            NodeDef input = new() { Name = name, Op = "Placeholder" };
            input.Attr["dtype"] = new AttrValue { Type = (int)Compiler.Graph.DataType.Float32 };
            graph.Node.Add(input);
        }
        NodeDef result = new() { Name = "result", Op = operation };
        result.Input.Add(inputs);
        result.Attr["T"] = new AttrValue { Type = (int)Compiler.Graph.DataType.Float32 };
        graph.Node.Add(result);
        File.WriteAllBytes(path, graph.ToByteArray());
    }
}
