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
        WriteModel(System.IO.Path.Combine(folder, "graph.pb"), operation, x.Length);
        NpyFile.Write(System.IO.Path.Combine(folder, "in_x.npy"), Tensor.Of(Shape.Of(x.Length), x));
        NpyFile.Write(System.IO.Path.Combine(folder, "in_y.npy"), Tensor.Of(Shape.Of(y.Length), y));
        NpyFile.Write(System.IO.Path.Combine(folder, "out_0.npy"), want);
        string allowed = tolerance.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string description = $$"""{ "outputs": ["result:0"], "tolerance": { "abs": {{allowed}}, "rel": 0 } }""";
        File.WriteAllText(System.IO.Path.Combine(folder, "case.json"), description);
    }

    /// <summary>Writes the graph result = operation(x, y).</summary>
    public static void WriteModel(string path, string operation, int length)
    {
        GraphDef graph = new();
        foreach (string name in new[] { "x", "y" })
        {
            NodeDef input = new() { Name = name, Op = "Placeholder" };
            input.Attr["dtype"] = new AttrValue { Type = (int)Compiler.Graph.DataType.Float32 };
            graph.Node.Add(input);
        }
        NodeDef result = new() { Name = "result", Op = operation };
        result.Input.Add(["x", "y"]);
        result.Attr["T"] = new AttrValue { Type = (int)Compiler.Graph.DataType.Float32 };
        graph.Node.Add(result);
        File.WriteAllBytes(path, graph.ToByteArray());
    }
}
