using System.Globalization;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Search;

/// <summary>
/// Finds the smallest model that is close enough to the float one, or the closest that is small enough: bisects the price of a bit,
/// compiling and judging a model for each. The same data give the same model.
/// </summary>
internal static class SizeSearch
{
    // Prices between which the answer lies, in units of output error (nats, or share of the signal's power) a bit.
    private const double Cheapest = 1e-10, Dearest = 1e-5;
    private const int Trials = 8;

    /// <summary>The best model and what was tried; not good enough where none was.</summary>
    /// <param name="input">Where to begin, and what to look for.</param>
    /// <param name="progress">Gets a line a trial; may be null.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public static (QuantizedGraph Best, SearchReport Report) Run(SearchInput input, Action<string>? progress, CancellationToken cancellation)
    {
        QuantizedGraph best = input.LeastError;
        List<SearchTrial> trials = [input.Target.Judge("least error", input.Lower(best))];
        SearchTrial leading = trials[0];
        if (input.Target.IsMetBy(leading)) return (best, input.Target.Report(trials));
        progress?.Invoke("measuring how much each layer matters");
        IReadOnlyDictionary<Node, OutputCurvature> sensitivities = Sensitivity.Measure(input.Graph, input.Curvatures, input.Samples, cancellation);
        (double low, double high) = (Math.Log(Cheapest), Math.Log(Dearest));
        while (trials.Count <= Trials)
        {
            double middle = (low + high) / 2, price = Math.Exp(middle);
            QuantizedGraph candidate = Quantizer.Static(
                input.Graph, input.LeastError.Precisions, input.Ranges, input.Samples, sensitivities, new RateDistortion(price), cancellation);
            SearchTrial trial = input.Target.Judge(string.Create(CultureInfo.InvariantCulture, $"{price:E1} a bit"), input.Lower(candidate));
            progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"trial {trials.Count} of {Trials}: {trial.Bytes} bytes, {trial.Verdict}"));
            trials.Add(trial);
            if (input.Target.IsBetter(trial, leading)) (best, leading) = (candidate, trial);
            if (input.Target.WantsCoarserThan(trial)) low = middle;
            else high = middle;
        }
        return (best, input.Target.Report(trials));
    }
}
