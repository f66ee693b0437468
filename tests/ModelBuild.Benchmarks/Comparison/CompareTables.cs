using System.Runtime.Intrinsics.X86;
using ModelBuild.Benchmarks.Contenders;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>The comparison as tables; a ratio above 1 means that ModelBuild is faster.</summary>
internal sealed class CompareTables(IReadOnlyList<ModelComparison> models)
{
    private static readonly LayerClass[] Classes = Enum.GetValues<LayerClass>();

    /// <summary>Times of calls.</summary>
    public FigureTable Calls() => new(
        $"Microseconds a call (minimum, median), batch 1, one thread{Cpu()}; a ratio above 1 means that ModelBuild is faster. TensorFlow "
        + "Lite is 2.9 with XNNPACK, which knows no VNNI; of 2.15, which does, there is no library: its ratio is the one to ONNX Runtime "
        + "here times that of their times on another machine.",
        [
            "model", "ModelBuild int8", .. Peer.All.SelectMany(peer => new[] { peer.Name, "ratio" }), "TensorFlow Lite 2.15 int8: ratio",
            "bytes allocated a call",
        ],
        [
            .. models.Select(model => (string[])
            [
                model.Model, $"{model.Times[0].Times}",
                .. Peer.All.SelectMany(peer => new[] { Time(model, peer), Ratio(model.Ratio(peer.Name)) }),
                Ratio(NewestTfLite.Ratio(model)), $"{model.Allocated}",
            ]),
            CallSummary("geometric mean", Ratios.GeometricMean), CallSummary("worst", Ratios.Worst),
        ]);

    /// <summary>First results.</summary>
    public FigureTable FirstResults() => new(
        "Milliseconds from the start of a process to its first result (minimum, median), all in the same program: as `dotnet build` makes "
        + "it (JIT), and published as ReadyToRun and by NativeAOT for this CPU where that was measured.",
        ["model", "program", Starts.Empty, "ModelBuild int8", .. Peer.All.SelectMany(peer => new[] { peer.Name, "ratio" })],
        [
            .. models.SelectMany(model => model.Starts.Select(way => (string[])
            [
                model.Model, way.Key, $"{way.Value[0].FirstResult}", $"{way.Value[1].FirstResult}",
                .. Peer.All.SelectMany(peer => new[]
                {
                    Find(way.Value, peer) is { } found ? $"{found.FirstResult}" : "-", Ratio(model.StartRatio(way.Key, peer.Name)),
                }),
            ])),
        ]);

    /// <summary>Memory.</summary>
    public FigureTable Memory() => new(
        "Megabytes that stay resident after 100 calls, beyond those of the program without a model; and bytes of the working memory of a "
        + "call of ModelBuild, beside those that its fullest step needs.",
        ["model", "program", "ModelBuild int8", .. Peer.All.Select(peer => peer.Name), "working memory", "fullest step"],
        [
            .. models.SelectMany(model => model.Starts.Select(way => (string[])
            [
                model.Model, way.Key, $"{way.Value[1].Megabytes:F1}",
                .. Peer.All.Select(peer => Find(way.Value, peer) is { } found ? $"{found.Megabytes:F1}" : "-"),
                $"{model.Memory.Bytes:N0}", $"{model.Memory.Least:N0}",
            ])),
        ]);

    /// <summary>Times by class of layers.</summary>
    public FigureTable Layers() => new(
        "How many times as long ONNX Runtime int8 takes as ModelBuild for the layers of a class, by its profiler, which rounds "
        + "microseconds down.",
        ["model", .. Classes.Select(LayerClasses.Name)],
        [
            .. models.Select(model => (string[])[model.Model, .. Classes.Select(kind => Ratio(model.LayerRatio(kind)))]),
            ["geometric mean", .. Classes.Select(kind => Ratio(Ratios.GeometricMean(models.Select(model => model.LayerRatio(kind)))))],
        ]);

    /// <summary>Calls of several samples.</summary>
    public FigureTable Batches() => new(
        $"Microseconds a sample (minimum, median): {BatchContender.Samples} calls of one sample, and one call of {BatchContender.Samples}.",
        ["model", "a call each", "one call", "ratio"],
        [
            .. from model in models
               where model.Batch is not null
               let batch = model.Batch.GetValueOrDefault()
               let ratio = batch.Single.Minimum / batch.Together.Minimum
               select (string[])[model.Model, $"{batch.Single}", $"{batch.Together}", Ratio(ratio)],
        ]);

    private string[] CallSummary(string name, Func<IEnumerable<double?>, double?> of) =>
    [
        name, "", .. Peer.All.SelectMany(peer => new[] { "", Ratio(of(models.Select(model => model.Ratio(peer.Name)))) }),
        Ratio(of(models.Select(NewestTfLite.Ratio))), "",
    ];

    private static string Cpu() => AvxVnni.IsSupported ? ", a CPU with AVX-VNNI" : Avx512BW.IsSupported ? ", a CPU with AVX-512" : "";

    private static string Time(ModelComparison model, Peer peer) =>
        model.Times.FirstOrDefault(entry => entry.Contender == peer.Name) is { Contender: not null } found ? $"{found.Times}" : "-";

    private static StartFigures? Find(IReadOnlyList<StartFigures> figures, Peer peer) =>
        figures.FirstOrDefault(entry => entry.Contender == peer.Name);

    private static string Ratio(double? ratio) => ratio is { } known ? $"{known:F2}" : "-";
}
