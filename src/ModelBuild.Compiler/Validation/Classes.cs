using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Validation;

/// <summary>The classes that a network finds.</summary>
internal static class Classes
{
    /// <summary>The class of each sample, by several threads.</summary>
    /// <param name="samples">How many.</param>
    /// <param name="scores">Gives the scores of a sample.</param>
    /// <param name="cancellation">Stops between samples.</param>
    public static int[] Of(int samples, Func<int, Tensor> scores, CancellationToken cancellation)
    {
        int[] classes = new int[samples];
        EachSample.Do(samples, cancellation, sample => classes[sample] = Best(scores(sample).Elements<float>()));
        return classes;
    }

    /// <summary>The class with the greatest score, the first of equals; a single score tells two classes apart at one half.</summary>
    public static int Best(ReadOnlySpan<float> scores)
    {
        const float Half = 0.5f;
        if (scores.Length == 1) return scores[0] > Half ? 1 : 0;
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best]) best = i;
        return best;
    }
}
