using System.Diagnostics;
using ModelBuild.Benchmarks.Contenders;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>Times of a contender, in microseconds a call unless said otherwise.</summary>
/// <param name="Minimum">Of the fastest round: what the code takes undisturbed.</param>
/// <param name="Median">Of the middle round.</param>
internal readonly record struct CallTimes(double Minimum, double Median)
{
    /// <summary>Of all rounds.</summary>
    public static CallTimes Of(List<double> rounds) => new(rounds.Min(), rounds.Order().ElementAt(rounds.Count / 2));

    /// <inheritdoc/>
    public override string ToString() => $"{Minimum:F1}, {Median:F1}";
}

/// <summary>
/// Times contenders in interleaved rounds, each of which gives every contender the same short time: what else the machine does
/// falls on all alike, so that ratios hold where times do not.
/// </summary>
internal static class Rounds
{
    private const double RoundMilliseconds = 8;
    private const int FewestRounds = 15;

    /// <summary>Times of each contender, in their order.</summary>
    /// <param name="contenders">Who runs.</param>
    /// <param name="input">What they run on.</param>
    /// <param name="outputLength">Elements of the output.</param>
    /// <param name="seconds">About how long to measure in all.</param>
    public static IReadOnlyList<CallTimes> Measure(IReadOnlyList<IContender> contenders, float[] input, int outputLength, double seconds)
    {
        float[] output = new float[outputLength];
        int[] calls = [.. contenders.Select(contender => CallsARound(contender, input, output))];
        List<double>[] times = [.. contenders.Select(_ => new List<double>())];
        Stopwatch all = Stopwatch.StartNew();
        for (int round = 0; round < FewestRounds || all.Elapsed.TotalSeconds < seconds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                // Everyone once follows everyone.
                int turn = (i + round) % contenders.Count;
                long start = Stopwatch.GetTimestamp();
                for (int call = 0; call < calls[turn]; call++) contenders[turn].Run(input, output);
                times[turn].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls[turn]);
            }
        }
        return [.. times.Select(CallTimes.Of)];
    }

    private static int CallsARound(IContender contender, float[] input, float[] output)
    {
        for (int warm = 0; warm < 3; warm++) contender.Run(input, output);
        Stopwatch watch = Stopwatch.StartNew();
        int calls = 0;
        for (; watch.Elapsed.TotalMilliseconds < RoundMilliseconds; calls++) contender.Run(input, output);
        return calls;
    }
}
