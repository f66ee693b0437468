namespace ModelBuild.Compiler.Quantization;

/// <summary>
/// The integers that stand best for many numbers: k-means in one dimension, solved exactly by dynamic programming (Wang and Song 2011,
/// "Ckmeans.1d.dp", https://doi.org/10.32614/RJ-2011-015) over the numbers rounded to int8 levels, each centre being one.
/// </summary>
internal static class PaletteLevels
{
    private const int Greatest = sbyte.MaxValue, Places = 2 * Greatest + 1;

    /// <summary>The levels, ascending; fewer where the numbers have fewer.</summary>
    /// <param name="numbers">Weights over the scales of their channels, -127..127.</param>
    /// <param name="bits">There are at most 2^bits levels.</param>
    public static int[] Of(ReadOnlySpan<float> numbers, int bits)
    {
        Moments[] sums = Accumulate(numbers);
        int count = Math.Min(1 << bits, Places);
        // least[k, end]: least squared error of the places before "end" with k + 1 centres.
        double[,] least = new double[count, Places + 1];
        int[,] starts = new int[count, Places + 1];
        for (int k = 0; k < count; k++)
        {
            for (int end = 1; end <= Places; end++)
            {
                (double best, int from) = (k == 0 ? Error(sums, 0, end) : least[k - 1, end], k == 0 ? 0 : end);
                for (int start = k; k > 0 && start < end; start++)
                {
                    double error = least[k - 1, start] + Error(sums, start, end);
                    if (error < best) (best, from) = (error, start);
                }
                (least[k, end], starts[k, end]) = (best, from);
            }
        }
        SortedSet<int> levels = [];
        for (int k = count - 1, end = Places; k >= 0; end = starts[k, end], k--)
            if ((sums[end] - sums[starts[k, end]]).Count > 0) levels.Add(Centre(sums[end] - sums[starts[k, end]]));
        return levels.Count > 0 ? [.. levels] : [0];
    }

    /// <summary>Sums over the numbers that are rounded to the first so many places.</summary>
    private static Moments[] Accumulate(ReadOnlySpan<float> numbers)
    {
        Moments[] sums = new Moments[Places + 1];
        foreach (float number in numbers)
        {
            int place = (int)Math.Clamp(MathF.Round(number), -Greatest, Greatest) + Greatest;
            sums[place + 1] += new Moments(1, number, (double)number * number);
        }
        for (int place = 1; place <= Places; place++) sums[place] += sums[place - 1];
        return sums;
    }

    private static int Centre(Moments part) => (int)Math.Clamp(Math.Round(part.Sum / part.Count), -Greatest, Greatest);

    private static double Error(Moments[] sums, int start, int end)
    {
        Moments part = sums[end] - sums[start];
        if (part.Count == 0) return 0;
        double centre = Centre(part);
        return part.Squares - 2 * centre * part.Sum + part.Count * centre * centre;
    }

    private readonly record struct Moments(double Count, double Sum, double Squares)
    {
        public static Moments operator +(Moments a, Moments b) => new(a.Count + b.Count, a.Sum + b.Sum, a.Squares + b.Squares);

        public static Moments operator -(Moments a, Moments b) => new(a.Count - b.Count, a.Sum - b.Sum, a.Squares - b.Squares);
    }
}
