using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Calibration.DataFree;

/// <summary>Ranges of values whose channels are foretold: what any of the channels reaches.</summary>
internal static class ForetoldRanges
{
    public static IReadOnlyDictionary<Value, ValueRange> Of(IReadOnlyDictionary<Value, ChannelMoments[]> moments) =>
        moments.ToDictionary(
            entry => entry.Key, entry => entry.Value.Select(Of).Aggregate(ValueRange.Empty, (all, channel) => all.Union(channel)));

    /// <summary>Of a channel.</summary>
    public static ValueRange Of(ChannelMoments channel) => new((float)channel.Low, (float)channel.High);
}
