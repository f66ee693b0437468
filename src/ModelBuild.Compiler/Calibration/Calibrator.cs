using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Calibration;

/// <summary>Runs a graph on samples and notes what every float value is like.</summary>
internal static class Calibrator
{
    /// <summary>
    /// Statistics of each float32 value of the graph, inputs included. They do not depend on threads, and only
    /// <see cref="ValueStatistics.Ranges"/> on the order of the samples.
    /// </summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="samples">The calibration samples.</param>
    /// <param name="cancellation">Stops between samples.</param>
    public static IReadOnlyDictionary<Value, ValueStatistics> Measure(ModelGraph graph, CalibrationSamples samples, CancellationToken cancellation)
    {
        Dictionary<Value, ValueStatistics> statistics = graph.Inputs.Concat(graph.Nodes.SelectMany(node => node.Outputs))
            .Where(value => value.Type == DataType.Float32).ToDictionary(value => value, _ => new ValueStatistics(samples.Count));
        EachSample.Do(samples.Count, cancellation, index =>
            ReferenceExecutor.Run(graph, samples[index], (value, tensor) =>
            {
                if (statistics.TryGetValue(value, out ValueStatistics? noted)) noted.Add(index, tensor.Elements<float>());
            }));
        return statistics;
    }
}
