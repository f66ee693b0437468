using System.Globalization;
using System.Text.Json;
using ModelBuild.Compiler;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Benchmarks.Quality;

/// <summary>A network with calibration data, and test data with labels where it was trained for a task that has classes.</summary>
/// <param name="Name">Name in the corpus.</param>
/// <param name="Options">The model, its calibration data and how pictures become its input.</param>
/// <param name="TestData">Inputs that nothing was fitted to; null for none.</param>
/// <param name="TestLabels">Their classes, perhaps of more samples than there are.</param>
/// <param name="PeerFolder">Where the files of other converters lie.</param>
internal sealed record QualityModel(string Name, ModelOptions Options, string? TestData, string? TestLabels, string PeerFolder)
{
    private static readonly (string Name, string Calibration, string? Test)[] Corpus =
    [
        ("resnet8_cifar10", "cifar10_calibration", "cifar10_test2000"),
        ("cifar_mobilenet", "cifar10_calibration", "cifar10_test2000"),
        ("efficientnet_cifar", "cifar10_64_calibration", "cifar10_64_test1000"),
        ("ad01_autoencoder", "ad01_calibration", null),
        ("mobilenet_v1", "images224_calibration", null),
        ("mobilenet_v2", "images224_calibration", null),
        ("mobilenet_v3_small", "images224_calibration", null),
        ("efficientnet_b0", "images224_calibration", null),
    ];

    /// <summary>Those whose files are there.</summary>
    public static IReadOnlyList<QualityModel> All()
    {
        string digits = Path.Combine(Repository.Root, "samples/Digits"), corpus = Path.Combine(Repository.Root, "../shared/corpus");
        string data = Path.Combine(corpus, "data");
        QualityModel sample = new(
            "digits", new ModelOptions { ModelPath = Path.Combine(digits, "digits.pb"), CalibrationData = Path.Combine(digits, "calibration.npy") },
            Path.Combine(digits, "test.npy"), Path.Combine(digits, "test_labels.npy"), Path.Combine(corpus, "digits/peers"));
        return
        [
            sample,
            .. from model in Corpus
               let folder = Path.Combine(corpus, "models", model.Name)
               where File.Exists(Path.Combine(folder, "model.pb"))
               let options = new ModelOptions
               {
                   ModelPath = Path.Combine(folder, "model.pb"), CalibrationData = Path.Combine(data, $"{model.Calibration}.npy"),
                   Preprocess = Preprocess(Path.Combine(folder, "model.json")),
               }
               select new QualityModel(
                   model.Name, options, model.Test is null ? null : Path.Combine(data, $"{model.Test}.npy"),
                   model.Test is null ? null : Path.Combine(data, "cifar10_test2000_labels.npy"), Path.Combine(folder, "peers")),
        ];
    }

    /// <summary>The class of each test sample.</summary>
    public int[] Labels(int samples)
    {
        Array all = NpyFile.Read(TestLabels!).Data;
        return [.. Enumerable.Range(0, samples).Select(i => Convert.ToInt32(all.GetValue(i), CultureInfo.InvariantCulture))];
    }

    /// <summary>Samples of a file, as the model takes them.</summary>
    public IReadOnlyList<SampleSet> Samples(string path, ModelGraph graph) =>
        SampleSet.LoadAll(path, nameof(ModelOptions.CalibrationData), graph.Inputs, Preprocessing.Parse(Options.Preprocess));

    private static string Preprocess(string path)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement pixels = json.RootElement.GetProperty("preprocess");
        return string.Create(
            CultureInfo.InvariantCulture, $"scale={pixels.GetProperty("scale").GetDouble()};offset={pixels.GetProperty("offset").GetDouble()}");
    }
}
