using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Tells of each row whether a class is among the best: less than k classes have a greater prediction.</summary>
internal static class InTopK
{
    /// <summary>Tells.</summary>
    /// <param name="predictions">[rows][classes].</param>
    /// <param name="targets">A class a row; one that there is not is never among the best.</param>
    /// <param name="k">How many are the best.</param>
    /// <param name="destination">[rows]: false also where a prediction that matters is not finite.</param>
    public static void Run<TIndex>(ReadOnlySpan<float> predictions, ReadOnlySpan<TIndex> targets, long k, Span<bool> destination)
        where TIndex : IBinaryInteger<TIndex>
    {
        int classes = targets.Length == 0 ? 0 : predictions.Length / targets.Length;
        for (int row = 0; row < targets.Length; row++)
        {
            int target = int.CreateSaturating(targets[row]);
            destination[row] = (uint)target < (uint)classes && IsAmong(predictions.Slice(row * classes, classes), target, k);
        }
    }

    /// <remarks>Like TensorFlow, stops looking once k greater ones are found, finite or not those after them.</remarks>
    private static bool IsAmong(ReadOnlySpan<float> row, int target, long k)
    {
        if (!float.IsFinite(row[target])) return false;
        long greater = 0;
        foreach (float prediction in row)
        {
            if (!float.IsFinite(prediction)) return false;
            if (prediction > row[target] && ++greater > k) break;
        }
        return greater < k;
    }
}

/// <inheritdoc cref="InTopK"/>
/// <param name="predictions">[rows, classes].</param>
/// <param name="targets">[rows]: a class a row.</param>
/// <param name="output">[rows].</param>
/// <param name="k">How many are the best.</param>
internal sealed class InTopK<TIndex>(FlatBuffer<float> predictions, FlatBuffer<TIndex> targets, FlatBuffer<bool> output, int k) : Layer
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly FlatBuffer<bool> _output = Shapes.Shaped(output, targets.Shape);

    public override void Run(Workspace workspace) =>
        InTopK.Run<TIndex>(workspace.Elements(predictions), workspace.Elements(targets), k, workspace.Elements(_output));
}
