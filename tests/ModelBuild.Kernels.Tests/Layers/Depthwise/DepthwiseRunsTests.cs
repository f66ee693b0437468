namespace ModelBuild.Kernels.Tests;

public class DepthwiseRunsTests
{
    [Theory]
    [InlineData(1, 127, 4)]
    [InlineData(9, 40, 4)]
    [InlineData(9, 127, 4)]
    [InlineData(9, 127, 3)]
    [InlineData(25, 60, 4)]
    [InlineData(25, 127, 1)]
    [InlineData(49, 127, 4)]
    public void Every_weight_has_one_place_where_nothing_saturates(int taps, int magnitude, int channels)
    {
        Random random = new(taps + magnitude);
        DepthwiseRuns runs = new(taps);
        for (int round = 0; round < 300; round++)
        {
            // Some only with the largest weights, some with many zeros.
            sbyte[] weights = new sbyte[channels * taps];
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = round % 3 == 0 ? (sbyte)(random.Next(2) * 2 * magnitude - magnitude)
                    : round % 3 == 1 && random.Next(2) == 0 ? (sbyte)0
                    : (sbyte)random.Next(-magnitude, magnitude + 1);
            }
            int[] offsets = [.. Enumerable.Range(0, taps).Select(tap => 100 + tap)];
            int[] code = new int[DepthwiseRuns.MostCode(taps)];
            int[] initial = new int[4];
            int length = runs.Write(code, offsets, weights, initial);
            Assert.Equal(0, code[length - 1]);
            Assert.Equal(weights, Decode(code.AsSpan(0, length - 1), taps, channels, initial));
        }
    }

    /// <summary>Checks the code of a quad, which has no end here, and gives its weights.</summary>
    private static sbyte[] Decode(ReadOnlySpan<int> code, int taps, int channels, int[] initial)
    {
        int[] sums = new int[channels * taps];
        int[] starts = [.. initial];
        while (code.Length > 0)
        {
            int pairs = code[0];
            Assert.InRange(pairs, 2, DepthwiseProgram.MostPairs);
            int[,] least = new int[2, 4], greatest = new int[2, 4];
            for (int i = 0; i < 8; i++)
            {
                short start = (short)(code[1 + i / 2] >> i % 2 * 16);
                least[i / 4, i % 4] = greatest[i / 4, i % 4] = start;
                starts[i % 4] += start;
            }
            for (int pair = 0; pair < pairs; pair++)
            {
                ReadOnlySpan<int> entry = code.Slice(DepthwiseProgram.HeaderLength + pair * DepthwiseProgram.PairLength);
                for (int channel = 0; channel < 4; channel++)
                {
                    int packed = entry[2 + channel / 2] >> channel % 2 * 16;
                    int first = (sbyte)packed, second = (sbyte)(packed >> 8);
                    int pairLeast = 255 * (Math.Min(first, 0) + Math.Min(second, 0));
                    int pairGreatest = 255 * (Math.Max(first, 0) + Math.Max(second, 0));
                    Assert.InRange(pairLeast, short.MinValue, 0);
                    Assert.InRange(pairGreatest, 0, short.MaxValue);
                    least[pair % 2, channel] += pairLeast;
                    greatest[pair % 2, channel] += pairGreatest;
                    if (channel < channels)
                    {
                        sums[channel * taps + entry[0] - 100] += first;
                        sums[channel * taps + entry[1] - 100] += second;
                    }
                    else Assert.Equal(0, packed & 0xFFFF);
                }
            }
            foreach (int sum in least) Assert.InRange(sum, short.MinValue, short.MaxValue);
            foreach (int sum in greatest) Assert.InRange(sum, short.MinValue, short.MaxValue);
            code = code.Slice(DepthwiseProgram.HeaderLength + pairs * DepthwiseProgram.PairLength);
        }
        Assert.All(starts, start => Assert.Equal(0, start));
        return [.. sums.Select(sum => checked((sbyte)sum))];
    }
}
