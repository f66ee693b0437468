using System.Diagnostics;
using ModelBuild.Benchmarks.Contenders;
using ModelBuild.Compiler;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Reference;
using ModelBuild.Compiler.Validation;

namespace ModelBuild.Benchmarks.Quality;

/// <summary>A model compiled in one way.</summary>
/// <param name="Way">The way.</param>
/// <param name="WeightBytes">Bytes of the blob.</param>
/// <param name="PlanBytes">Bytes of the plan.</param>
/// <param name="Decibels">Signal-to-noise ratio of the output over calibration data.</param>
/// <param name="Percent">Accuracy on the test data; null without.</param>
/// <param name="Time">How long compilation took.</param>
internal sealed record WayQuality(QualityWay Way, long WeightBytes, long PlanBytes, double Decibels, double? Percent, TimeSpan Time);

/// <summary>A model compiled in several ways.</summary>
/// <param name="Model">The model.</param>
/// <param name="SourceBytes">Bytes of its file.</param>
/// <param name="FloatPercent">Accuracy of the float graph on the test data; null without.</param>
/// <param name="OnnxPercent">That of ONNX Runtime's int8 model; null without.</param>
/// <param name="Ways">What became of it.</param>
internal sealed record ModelQuality(
    QualityModel Model, long SourceBytes, double? FloatPercent, double? OnnxPercent, IReadOnlyList<WayQuality> Ways)
{
    // As many as the peers' ratios were measured on.
    private const int NoiseSamples = 64;

    /// <summary>Compiles and executes a model, with a line for each way.</summary>
    public static ModelQuality Measure(QualityModel model, IEnumerable<QualityWay> ways)
    {
        List<WayQuality> results = [];
        Evaluation? evaluation = null;
        foreach (QualityWay way in ways)
        {
            Stopwatch watch = Stopwatch.StartNew();
            CompiledModel compiled = ModelCompiler.Compile(way.Options(model));
            TimeSpan time = watch.Elapsed;
            evaluation ??= new Evaluation(model);
            PlanExecutor executor = new(compiled.Plan, compiled.Blob);
            CompressionReport report = compiled.Report;
            results.Add(new WayQuality(
                way, report.WeightBytes, report.CompressedBytes - report.WeightBytes, evaluation.Decibels(executor), evaluation.Percent(executor), time));
            Console.WriteLine($"{model.Name}, {way.Name}: {report.WeightBytes:N0} bytes, {results[^1].Percent:F2} %, {results[^1].Decibels:F2} dB, {time.TotalSeconds:F1} s");
        }
        string peer = Path.Combine(model.PeerFolder, "model_int8.onnx");
        double? onnx = evaluation is not null && File.Exists(peer) ? evaluation.Percent(peer) : null;
        return new ModelQuality(model, new FileInfo(model.Options.ModelPath).Length, evaluation?.FloatPercent, onnx, results);
    }

    /// <summary>The result of a way; null if it was not taken.</summary>
    public WayQuality? this[QualityWay way] => Ways.FirstOrDefault(result => result.Way == way);

    /// <summary>The samples, and what the float graph makes of them.</summary>
    private sealed class Evaluation
    {
        private readonly IReadOnlyList<SampleSet> _calibration;
        private readonly IReadOnlyList<SampleSet>? _test;
        private readonly Tensor[] _expected;
        private readonly int[] _labels = [];

        public Evaluation(QualityModel model)
        {
            ModelGraph graph = PassPipeline.Run(ModelImporter.Import(model.Options, ParsedOptions.Parse(model.Options)).Graph);
            _calibration = model.Samples(model.Options.CalibrationData!, graph);
            _expected = new Tensor[Math.Min(NoiseSamples, _calibration[0].Count)];
            EachSample.Do(_expected.Length, CancellationToken.None, i => _expected[i] = ReferenceExecutor.Run(graph, Sample(_calibration, i))[0]);
            if (model.TestData is null) return;
            _test = model.Samples(model.TestData, graph);
            _labels = model.Labels(_test[0].Count);
            FloatPercent = Share(index => ReferenceExecutor.Run(graph, Sample(_test, index))[0].Elements<float>());
        }

        public double? FloatPercent { get; }

        public double Decibels(PlanExecutor executor)
        {
            SignalToNoise noise = new();
            for (int i = 0; i < _expected.Length; i++) noise.Add(_expected[i], executor.Run(Sample(_calibration, i))[0]);
            return noise.Decibels;
        }

        public double? Percent(PlanExecutor executor) =>
            _test is null ? null : Share(index => executor.Run(Sample(_test, index))[0].Elements<float>());

        /// <summary>Of a model of ONNX Runtime.</summary>
        public double? Percent(string path)
        {
            if (_test is null) return null;
            using OnnxContender contender = new(path, path);
            float[] scores = new float[_expected[0].Count];
            int correct = 0;
            for (int i = 0; i < _labels.Length; i++)
            {
                contender.Run([.. _test[0][i].Elements<float>()], scores);
                correct += Best(scores) == _labels[i] ? 1 : 0;
            }
            return 100.0 * correct / _labels.Length;
        }

        private delegate ReadOnlySpan<float> Scores(int index);

        private double Share(Scores scores)
        {
            int correct = 0;
            EachSample.Do(_labels.Length, CancellationToken.None, index =>
            {
                if (Best(scores(index)) == _labels[index]) Interlocked.Increment(ref correct);
            });
            return 100.0 * correct / _labels.Length;
        }

        private static int Best(ReadOnlySpan<float> scores)
        {
            int best = 0;
            for (int i = 1; i < scores.Length; i++)
                if (scores[i] > scores[best]) best = i;
            return best;
        }

        private static Tensor[] Sample(IReadOnlyList<SampleSet> sets, int index) => [.. sets.Select(set => set[index])];
    }
}
