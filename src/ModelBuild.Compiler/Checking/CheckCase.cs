using System.Globalization;
using System.Text.Json;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;

namespace ModelBuild.Compiler.Checking;

/// <summary>A graph with inputs and the outputs that TensorFlow gave for them.</summary>
/// <param name="Family">Name of the folder above the case's.</param>
/// <param name="Name">Name of the case's folder.</param>
/// <param name="ModelPath">The frozen graph.</param>
/// <param name="Outputs">Names of the outputs.</param>
/// <param name="Samples">Calls with what they are to give; at least one.</param>
/// <param name="ToleranceOf">The tolerance for an expected output.</param>
internal sealed record CheckCase(
    string Family,
    string Name,
    string ModelPath,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<CheckSample> Samples,
    Func<Tensor, Tolerance> ToleranceOf)
{
    // Of networks, which sum up many roundings: of the range of an output.
    private const double NetworkTolerance = 1e-3;

    /// <summary>"Conv2D/same": what a user calls the case.</summary>
    public string FullName => $"{Family}/{Name}";

    /// <summary>The case in a folder, or null if the folder is none. Files of tensors are not opened.</summary>
    /// <exception cref="ModelBuildException">MB2001: the description of the case cannot be read.</exception>
    public static CheckCase? Read(string folder)
    {
        string graph = Path.Combine(folder, "graph.pb"), model = Path.Combine(folder, "model.pb");
        string caseFile = Path.Combine(folder, "case.json"), modelFile = Path.Combine(folder, "model.json");
        if (File.Exists(graph) && File.Exists(caseFile)) return Parse(caseFile, root => Operation(folder, graph, root));
        if (File.Exists(model) && File.Exists(modelFile)) return Parse(modelFile, root => Network(folder, model, root));
        return null;
    }

    private static CheckCase Operation(string folder, string graph, JsonElement root)
    {
        Dictionary<string, string> inputs =
            Files(folder, "in_*.npy").ToDictionary(path => Path.GetFileNameWithoutExtension(path)["in_".Length..]);
        string[] outputs = [.. root.GetProperty("outputs").EnumerateArray().Select(name => name.GetString()!)];
        JsonElement tolerance = root.GetProperty("tolerance");
        Tolerance allowed = new(tolerance.GetProperty("abs").GetDouble(), tolerance.GetProperty("rel").GetDouble());
        CheckSample sample = new(inputs, [.. outputs.Select((_, k) => Numbered(folder, "out", k))]);
        return Of(folder, graph, outputs, [sample], _ => allowed);
    }

    private static CheckCase Network(string folder, string model, JsonElement root)
    {
        string input = root.GetProperty("input").GetString()!, output = root.GetProperty("output").GetString()!;
        string name = NodeInput.Parse(input).ToString();
        CheckSample[] samples = [.. Enumerable.Range(0, Files(folder, "in_*.npy").Count()).Select(Sample)];
        return Of(folder, model, [output], samples, want => Tolerance.OfRange(want, NetworkTolerance));

        CheckSample Sample(int i) =>
            new(new Dictionary<string, string> { [name] = Numbered(folder, "in", i) }, [Numbered(folder, "out", i)]);
    }

    private static CheckCase Of(
        string folder, string model, string[] outputs, CheckSample[] samples, Func<Tensor, Tolerance> tolerance)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string family = Path.GetFileName(Path.GetDirectoryName(full)) ?? "";
        return new CheckCase(family, Path.GetFileName(full), model, outputs, samples, tolerance);
    }

    private static string Numbered(string folder, string name, int number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}_{number}.npy"));

    private static IEnumerable<string> Files(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern);

    private static CheckCase Parse(string path, Func<JsonElement, CheckCase> make)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return make(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or IOException or UnauthorizedAccessException)
        {
            string message = $"The description of the case cannot be read: {error.Message}";
            throw new ModelBuildException(DiagnosticCode.DataUnreadable, message, path, error);
        }
    }
}

/// <summary>A call of a graph.</summary>
/// <param name="Inputs">By the name of the input: an .npy file, which holds the bytes (uint8) where the input is a string.</param>
/// <param name="Outputs">.npy files, one an output.</param>
internal sealed record CheckSample(IReadOnlyDictionary<string, string> Inputs, IReadOnlyList<string> Outputs);
