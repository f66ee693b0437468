using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Validation;

/// <summary>Share of samples whose greatest score is that of the right class.</summary>
/// <param name="Correct">Samples classified right.</param>
/// <param name="Samples">All samples.</param>
public readonly record struct Accuracy(int Correct, int Samples)
{
    /// <summary>In percent.</summary>
    public double Percent => 100.0 * Correct / Samples;

    /// <summary>Counts over samples, by several threads; the count does not depend on them.</summary>
    /// <param name="labels">The right class of each sample.</param>
    /// <param name="scores">Gives the scores of a sample.</param>
    /// <param name="cancellation">Stops between samples.</param>
    internal static Accuracy Measure(IReadOnlyList<int> labels, Func<int, Tensor> scores, CancellationToken cancellation)
    {
        int correct = 0;
        EachSample.Do(labels.Count, cancellation, sample =>
        {
            if (Best(scores(sample).Elements<float>()) == labels[sample]) Interlocked.Increment(ref correct);
        });
        return new Accuracy(correct, labels.Count);
    }

    /// <summary>The class with the greatest score, the first of equals; a single score tells two classes apart at one half.</summary>
    internal static int Best(ReadOnlySpan<float> scores)
    {
        const float Half = 0.5f;
        if (scores.Length == 1) return scores[0] > Half ? 1 : 0;
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best]) best = i;
        return best;
    }
}
