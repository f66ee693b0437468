using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;

namespace ModelBuild.Compiler.Calibration;

/// <summary>The ranges of all values by a method.</summary>
internal static class RangeChooser
{
    private static readonly ValueRange Unbounded = new(float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>The range of each value that has finite elements.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="statistics">Of its values.</param>
    /// <param name="method">How to choose.</param>
    /// <param name="samples">What the statistics come from.</param>
    /// <param name="cancellation">Stops between values.</param>
    public static IReadOnlyDictionary<Value, ValueRange> Choose(
        ModelGraph graph, IReadOnlyDictionary<Value, ValueStatistics> statistics, CalibrationMethod method, CalibrationSamples samples,
        CancellationToken cancellation)
    {
        Dictionary<Value, ValueRange> bounds = graph.Nodes.Where(node => node.Outputs.Length == 1)
            .ToDictionary(node => node.Outputs[0], node => OperationBounds.Of(node.Operation));
        Value[] values = [.. graph.Inputs.Concat(graph.Nodes.SelectMany(node => node.Outputs))
            .Where(value => statistics.TryGetValue(value, out ValueStatistics? noted) && !noted.Range.IsEmpty)];
        ValueRange[] ranges = new ValueRange[values.Length];
        StorageError? error = method.Kind == CalibrationKind.Auto ? new StorageError(graph, samples, cancellation) : null;
        EachSample.Do(values.Length, cancellation, index =>
        {
            (Value value, ValueRange limits) = (values[index], bounds.GetValueOrDefault(values[index], Unbounded));
            ranges[index] = error is null
                ? RangeChoice.Of(statistics[value], limits, method)
                : !ActivationQuantizer.IsStored(value) ? statistics[value].Range
                : RangeSearch.Run(statistics[value], limits, range => error.Of(value, range));
        });
        return values.Zip(ranges).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
