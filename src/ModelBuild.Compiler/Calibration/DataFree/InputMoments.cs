using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Calibration.DataFree;

/// <summary>
/// What is known of a graph's inputs without data: of pictures, what <see cref="Preprocessing"/> makes of bytes, each taken as equally
/// frequent. Of others nothing is, so that the layers which read them find their range in each call.
/// </summary>
internal static class InputMoments
{
    /// <summary>The channels of the inputs that are known.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="preprocessing">How bytes become the floats of the first input; null if not given.</param>
    public static IReadOnlyDictionary<Value, ChannelMoments[]> Of(ModelGraph graph, Preprocessing? preprocessing)
    {
        bool isPicture = graph.Inputs is [{ Type: DataType.Float32, Shape: { IsStatic: true, Rank: 3 or 4 } }, ..];
        if (preprocessing is null || !isPicture) return new Dictionary<Value, ChannelMoments[]>();
        Value input = graph.Inputs[0];
        int channels = input.Shape[-1];
        Preprocessing pixels = preprocessing.For(channels);
        return new Dictionary<Value, ChannelMoments[]>
        {
            [input] = [.. Enumerable.Range(0, channels).Select(channel => Of(pixels, channel))],
        };
    }

    private static ChannelMoments Of(Preprocessing pixels, int channel)
    {
        double scale = Entry(pixels.Scale), offset = Entry(pixels.Offset);
        double first = byte.MinValue * scale + offset, last = byte.MaxValue * scale + offset;
        return ChannelMoments.Uniform(Math.Min(first, last), Math.Max(first, last));

        float Entry(float[] numbers) => numbers[numbers.Length == 1 ? 0 : channel];
    }
}
