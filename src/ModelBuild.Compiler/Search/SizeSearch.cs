using System.Globalization;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Search;

/// <summary>
/// Finds the smallest model that is close enough to the float one, or the closest that is small enough: bisects the price of a bit,
/// compiling and judging a model for each. The same data give the same model.
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

    /// <summary>The model of the least error.</summary>
    public required QuantizedGraph LeastError { get; init; }

    /// <summary>Number of calibration samples.</summary>
    public required int Samples { get; init; }

    /// <summary>Gives the inputs of a sample; is called by several threads.</summary>
    public required Func<int, IReadOnlyList<Tensor>> Sample { get; init; }

    /// <summary>Lowers what was quantised.</summary>
    public required Func<QuantizedGraph, LoweredModel> Lower { get; init; }

    /// <summary>Says what is good enough, and what is better.</summary>
    public required SearchTarget Target { get; init; }

    /// <summary>The best model and what was tried; not good enough where none was.</summary>
    /// <param name="progress">Gets a line a trial; may be null.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public (QuantizedGraph Best, SearchReport Report) Run(Action<string>? progress, CancellationToken cancellation)
    {
        QuantizedGraph best = LeastError;
        List<SearchTrial> trials = [Target.Judge("least error", Lower(best))];
        SearchTrial leading = trials[0];
        if (Target.IsMetBy(leading)) return (best, Target.Report(trials));
        progress?.Invoke("measuring how much each layer matters");
        IReadOnlyDictionary<Node, double[]> sensitivities = Sensitivity.Measure(Graph, Samples, Sample, cancellation);
        (double low, double high) = (Math.Log(Cheapest), Math.Log(Dearest));
        while (trials.Count <= Trials)
        {
            double middle = (low + high) / 2, price = Math.Exp(middle);
            QuantizedGraph candidate = Quantizer.Static(Graph, Precisions, Ranges, Samples, Sample, new RateDistortion(price, sensitivities), cancellation);
            SearchTrial trial = Target.Judge(string.Create(CultureInfo.InvariantCulture, $"{price:E1} a bit"), Lower(candidate));
            progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"trial {trials.Count} of {Trials}: {trial.Bytes} bytes, {trial.Verdict}"));
            trials.Add(trial);
            if (Target.IsBetter(trial, leading)) (best, leading) = (candidate, trial);
            if (Target.WantsCoarserThan(trial)) low = middle;
            else high = middle;
        }
        return (best, Target.Report(trials));
    }
}
