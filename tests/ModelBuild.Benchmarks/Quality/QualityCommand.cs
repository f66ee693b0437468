using System.Text;
using ModelBuild.Benchmarks.Comparison;

namespace ModelBuild.Benchmarks.Quality;

/// <summary>Bytes, accuracy and signal-to-noise ratio of corpus models in each precision, and whether what was promised holds.</summary>
internal static class QualityCommand
{
    // In all ways: networks that compile in seconds. Others in int8.
    private static readonly string[] Small = ["digits", "resnet8_cifar10", "cifar_mobilenet"];

    /// <param name="names">Models to compile; none means all that are there.</param>
    /// <param name="ways">Names of ways to take; none means all.</param>
    /// <param name="write">Write the tables into README.md.</param>
    /// <returns>The exit code: 0, or 1 where a model is not there or a measure is missed.</returns>
    public static int Run(string[] names, string[] ways, bool write)
    {
        IReadOnlyList<QualityModel> models = QualityModel.All();
        if (names.FirstOrDefault(name => models.All(model => model.Name != name)) is { } missing)
        {
            Console.Error.WriteLine($"{missing} is not among the models that are there: {string.Join(", ", models.Select(model => model.Name))}.");
            return 1;
        }
        if (ways.FirstOrDefault(way => QualityWay.All.All(known => known.Name != way)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no way {unknown}. The ways are: {string.Join("; ", QualityWay.All.Select(way => way.Name))}.");
            return 1;
        }
        ModelQuality[] results =
        [
            .. models.Where(model => names.Length == 0 || names.Contains(model.Name))
                .Select(model => ModelQuality.Measure(model, Ways(model).Where(way => ways.Length == 0 || ways.Contains(way.Name)))),
        ];
        FigureTable[] tables = [Sizes(results), Noise(results)];
        IReadOnlyList<Measure> measures = QualityMeasures.Of(results);
        foreach (FigureTable table in tables) table.Show();
        Console.WriteLine();
        foreach (Measure measure in measures) Console.WriteLine(measure);
        if (write) Write(tables, measures);
        return measures.All(measure => measure.Met) ? 0 : 1;
    }

    private static IEnumerable<QualityWay> Ways(QualityModel model) =>
        Small.Contains(model.Name) ? QualityWay.All : [QualityWay.Static];

    private static FigureTable Sizes(IReadOnlyList<ModelQuality> models)
    {
        List<string[]> rows = [];
        foreach (ModelQuality model in models.Where(model => model.FloatPercent is not null))
        {
            string name = model.Model.Name;
            foreach (WayQuality way in model.Ways)
            {
                rows.Add(
                [
                    name, way.Way.Name, $"{model.SourceBytes:N0}", $"{way.WeightBytes:N0}", $"{way.PlanBytes:N0}", $"{model.FloatPercent:F2}",
                    $"{way.Percent:F2}", $"{way.Decibels:F1}",
                ]);
            }
            PeerFigures peers = PeerFigures.Of(name);
            rows.Add([name, "TensorFlow Lite int8", "", $"{peers.TfLiteBytes:N0}", "", "", $"{peers.TfLitePercent:F2}", $"{peers.TfLiteDecibels:F1}"]);
            if (model.OnnxPercent is { } onnx) rows.Add([name, "ONNX Runtime int8", "", "", "", "", $"{onnx:F2}", $"{peers.OnnxDecibels:F1}"]);
        }
        return new FigureTable(
            "Bytes of the weights in the assembly, of the plan they are executed by, accuracy on the test data, which nothing was fitted to, and\n"
                + "signal-to-noise ratio of the output on calibration data, decibels; no labels were used. The peers had the same calibration data.",
            ["model", "way", ".pb bytes", "weight bytes", "plan bytes", "float %", "compressed %", "dB"], rows);
    }

    private static FigureTable Noise(IReadOnlyList<ModelQuality> models)
    {
        List<string[]> rows = [];
        foreach (ModelQuality model in models)
        {
            if (model[QualityWay.Static] is not { } plain) continue;
            PeerFigures peers = PeerFigures.Of(model.Model.Name);
            rows.Add(
            [
                model.Model.Name, $"{plain.Decibels:F2}", $"{peers.TfLiteDecibels:F2}", $"{peers.OnnxDecibels:F2}",
                $"{plain.WeightBytes:N0}", $"{peers.TfLiteBytes:N0}", $"{100.0 * plain.WeightBytes / peers.TfLiteBytes:F1}",
            ]);
        }
        return new FigureTable(
            "Static int8 beside the peers' int8: signal-to-noise ratio of the output on 64 calibration inputs, decibels, and bytes of the weights.\n"
                + "The weights of the mobilenets without \"cifar\" and of efficientnet_b0 are random.",
            ["model", "ModelBuild dB", "TensorFlow Lite dB", "ONNX Runtime dB", "weight bytes", ".tflite bytes", "share %"], rows);
    }

    private static void Write(FigureTable[] tables, IReadOnlyList<Measure> measures)
    {
        StringBuilder text = new();
        foreach (FigureTable table in tables) table.AppendTo(text);
        Measure[] missed = [.. measures.Where(measure => !measure.Met)];
        text.Append($"Of {measures.Count} measures {missed.Length} are missed{(missed.Length > 0 ? ":" : ".")}\n");
        foreach (Measure measure in missed) text.Append($"- {measure.What}: {measure.Value:F2} ({(measure.AtMost ? "at most" : "at least")} {measure.Bound:F2})\n");
        ReadmeSection.Write("quality", text.ToString());
    }
}
