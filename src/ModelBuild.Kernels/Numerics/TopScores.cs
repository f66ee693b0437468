using System;

namespace ModelBuild.Kernels;

/// <summary>Finds the greatest of many scores.</summary>
internal static class TopScores
{
    /// <summary>Indices of the <paramref name="count"/> greatest scores, the greatest first; of equal ones the first comes first, NaN last.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1 or more than there are scores.</exception>
    public static int[] Indices(ReadOnlySpan<float> scores, int count)
    {
        if (count < 1 || count > scores.Length)
            throw new ArgumentOutOfRangeException(nameof(count), count, "There are 1 to " + scores.Length + " classes to ask for.");
        int[] best = new int[count];
        int found = 0;
        for (int index = 0; index < scores.Length; index++)
        {
            int rank = found;
            while (rank > 0 && IsLess(scores[best[rank - 1]], scores[index])) rank--;
            if (rank == count) continue;
            if (found < count) found++;
            Array.Copy(best, rank, best, rank + 1, found - rank - 1);
            best[rank] = index;
        }
        return best;
    }

    private static bool IsLess(float left, float right) => left < right || float.IsNaN(left) && !float.IsNaN(right);
}
