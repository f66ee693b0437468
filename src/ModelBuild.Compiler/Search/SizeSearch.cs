using System.Globalization;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Quantization.Reconstruction;
using ModelBuild.Compiler.Validation;

namespace ModelBuild.Compiler.Search;

/// <summary>
/// Finds the smallest model that is close enough to the float one: bisects the price of a bit, compiling and judging a model for
/// each. The same data give the same model.
/// </summary>
internal sealed class SizeSearch
{
    // Prices between which the answer lies, in units of output error (nats, or share of the signal's power) a bit.
    private const double Cheapest = 1e-10, Dearest = 1e-5;
    private const int Trials = 8;

    /// <summary>The optimised graph.</summary>
    public required ModelGraph Graph { get; init; }

    /// <summary>The precision of each node; steps and levels are sought for those in int8.</summary>
    public required PrecisionPlan Precisions { get; init; }

    /// <summary>Ranges of its values.</summary>
    public required IReadOnlyDictionary<Value, ValueRange> Ranges { get; init; }

    /// <summary>Number of calibration samples.</summary>
    public required int Samples { get; init; }

    /// <summary>Gives the inputs of a sample; is called by several threads.</summary>
    public required Func<int, IReadOnlyList<Tensor>> Sample { get; init; }

    /// <summary>Lowers what was quantised.</summary>
    public required Func<QuantizedGraph, LoweredModel> Lower { get; init; }

    /// <summary>Says whether a model is close enough.</summary>
    public required Closeness Closeness { get; init; }

    /// <summary>The smallest model that was accepted, the one of least error where none was, and what was tried.</summary>
    /// <param name="progress">Gets a line a trial; may be null.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public (QuantizedGraph Best, SearchReport Report) Run(Action<string>? progress, CancellationToken cancellation)
    {
        progress?.Invoke("measuring how much each layer matters");
        IReadOnlyDictionary<Node, double> sensitivities = Sensitivity.Measure(Graph, Samples, Sample, cancellation);
        QuantizedGraph best = Quantizer.Static(Graph, Precisions, Ranges, Samples, Sample, null, cancellation);
        long least = long.MaxValue;
        List<SearchTrial> trials = [];
        (double low, double high) = (Math.Log(Cheapest), Math.Log(Dearest));
        while (trials.Count < Trials)
        {
            double middle = (low + high) / 2;
            double price = Math.Exp(middle);
            QuantizedGraph candidate = Quantizer.Static(Graph, Precisions, Ranges, Samples, Sample, new RateDistortion(price, sensitivities), cancellation);
            LoweredModel lowered = Lower(candidate);
            (long bytes, double closeness) = (lowered.Bytes, Closeness.Measure(lowered));
            bool accepted = Closeness.Accepts(closeness);
            string verdict = accepted ? "close enough" : "too far off";
            trials.Add(new SearchTrial(string.Create(CultureInfo.InvariantCulture, $"{price:E1} a bit"), bytes, closeness, accepted, verdict));
            progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"trial {trials.Count} of {Trials}: {bytes} bytes, {verdict}"));
            if (accepted && bytes < least) (best, least) = (candidate, bytes);
            if (accepted) low = middle;
            else high = middle;
        }
        return (best, new SearchReport(Closeness.Figure, Closeness.Bound, trials));
    }
}
