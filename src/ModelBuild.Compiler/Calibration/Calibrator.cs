using System.Collections.Concurrent;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Calibration;

/// <summary>Runs a graph on samples and notes the range of every float value.</summary>
internal static class Calibrator
{
    /// <summary>The range of each float32 value of the graph, inputs included. Does not depend on the order of the samples or on threads.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="sample">Gives the inputs of a sample; is called by several threads.</param>
    /// <param name="cancellation">Stops between samples.</param>
    public static IReadOnlyDictionary<Value, ValueRange> Measure(
        ModelGraph graph, int count, Func<int, IReadOnlyList<Tensor>> sample, CancellationToken cancellation)
    {
        ConcurrentDictionary<Value, ValueRange> ranges = [];
        EachSample.Do(count, cancellation, index =>
            ReferenceExecutor.Run(graph, sample(index), (value, tensor) =>
            {
                if (tensor.Type != DataType.Float32) return;
                ValueRange range = ValueRange.Of(tensor.Elements<float>());
                ranges.AddOrUpdate(value, range, (_, before) => before.Union(range));
            }));
        return ranges;
    }
}
