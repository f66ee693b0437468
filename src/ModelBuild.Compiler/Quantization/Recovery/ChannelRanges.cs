using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Calibration.DataFree;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>Ranges of values channel by channel (last dimension).</summary>
internal static class ChannelRanges
{
    private const int MostSamples = 64;

    /// <summary>The range of each channel of each value: foretold where there are no data, else measured.</summary>
    public static IReadOnlyDictionary<Value, ValueRange[]> Of(RecoveryState state, IEnumerable<Value> values, RecoverySetting setting) =>
        state.Moments is not { } moments ? Measure(state.Graph, values, setting.Samples, setting.Cancellation)
        : values.ToDictionary(value => value, value => moments.TryGetValue(value, out ChannelMoments[]? channels)
            ? Array.ConvertAll(channels, ForetoldRanges.Of) : Nothing(value));

    private static IReadOnlyDictionary<Value, ValueRange[]> Measure(
        ModelGraph graph, IEnumerable<Value> values, CalibrationSamples samples, CancellationToken cancellation)
    {
        Dictionary<Value, ValueRange[]> ranges = values.ToDictionary(value => value, Nothing);
        CalibrationSamples used = samples.Spread(MostSamples);
        EachSample.Do(used.Count, cancellation, index => ReferenceExecutor.Run(graph, used[index], (value, tensor) =>
        {
            if (!ranges.TryGetValue(value, out ValueRange[]? channels)) return;
            ReadOnlySpan<float> elements = tensor.Elements<float>();
            lock (channels)
            {
                for (int i = 0; i < elements.Length; i++)
                {
                    ref ValueRange range = ref channels[i % channels.Length];
                    range = new ValueRange(Math.Min(range.Minimum, elements[i]), Math.Max(range.Maximum, elements[i]));
                }
            }
        }));
        return ranges;
    }

    private static ValueRange[] Nothing(Value value) => [.. Enumerable.Repeat(ValueRange.Empty, value.Shape[-1])];
}
