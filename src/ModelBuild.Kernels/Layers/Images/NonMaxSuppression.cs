using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Selects boxes of high scores that do not overlap much: TensorFlow's NonMaxSuppressionV5, hard or soft (Bodla et al. 2017: a score falls
/// with the overlap, by a Gaussian). The layer's outputs are padded with zeros.
/// </summary>
internal sealed class NonMaxSuppression : Layer
{
    private readonly FlatBuffer<float> _boxes;
    private readonly FlatBuffer<float> _scores;
    private readonly FlatBuffer<int> _selected;
    private readonly FlatBuffer<float> _selectedScores;
    private readonly FlatBuffer<int> _count;
    private readonly FlatBuffer<float> _loweredScores;
    private readonly FlatBuffer<int> _work;
    private readonly SuppressionThresholds _thresholds;

    /// <param name="boxes">[boxes, 4]: y, x, y, x of two opposite corners.</param>
    /// <param name="scores">[boxes].</param>
    /// <param name="selected">[most]: numbers of the selected boxes.</param>
    /// <param name="selectedScores">[most]: their scores, after suppression.</param>
    /// <param name="count">One element: how many were selected.</param>
    /// <param name="loweredScores">[boxes]: working memory.</param>
    /// <param name="work">[2, boxes]: working memory.</param>
    /// <param name="overlapThreshold">See <see cref="SuppressionThresholds"/>.</param>
    /// <param name="scoreThreshold">See <see cref="SuppressionThresholds"/>.</param>
    /// <param name="sigma">See <see cref="SuppressionThresholds"/>.</param>
    public NonMaxSuppression(
        FlatBuffer<float> boxes, FlatBuffer<float> scores, FlatBuffer<int> selected, FlatBuffer<float> selectedScores, FlatBuffer<int> count,
        FlatBuffer<float> loweredScores, FlatBuffer<int> work, float overlapThreshold, float scoreThreshold, float sigma)
    {
        Shapes.Require(boxes.Length == 4 * scores.Length, "boxes and scores are not of one number");
        _boxes = boxes;
        _scores = scores;
        _selected = selected;
        _selectedScores = selectedScores;
        _count = count;
        _loweredScores = loweredScores;
        _work = work;
        _thresholds = new SuppressionThresholds(overlapThreshold, scoreThreshold, sigma);
    }

    public override void Run(Workspace workspace)
    {
        Span<float> scores = workspace.Elements(_loweredScores);
        Span<int> selected = workspace.Elements(_selected);
        Span<float> selectedScores = workspace.Elements(_selectedScores);
        workspace.Elements(_scores).CopyTo(scores);
        int count = Run(workspace.Elements(_boxes), 4, scores, _thresholds, selected, selectedScores, workspace.Elements(_work));
        selected.Slice(count).Clear();
        selectedScores.Slice(count).Clear();
        workspace.Elements(_count)[0] = count;
    }

    /// <summary>Selects, the highest score first, the lower number first among equals.</summary>
    /// <param name="boxes">A row a box: y, x, y, x of two opposite corners; or its overlap with each box.</param>
    /// <param name="rowLength">Elements from one box to the next; 0 if the rows are overlaps.</param>
    /// <param name="scores">[boxes]; overwritten.</param>
    /// <param name="thresholds">What is left out.</param>
    /// <param name="selected">Numbers of the selected boxes, at most as many as it is long.</param>
    /// <param name="selectedScores">Their scores, after suppression.</param>
    /// <param name="work">[2][boxes]: working memory.</param>
    /// <returns>How many were selected.</returns>
    public static int Run(
        ReadOnlySpan<float> boxes, int rowLength, Span<float> scores, SuppressionThresholds thresholds, Span<int> selected,
        Span<float> selectedScores, Span<int> work)
    {
        // How many selected boxes each box was compared with: no box lowers the score of another twice.
        Span<int> compared = work.Slice(0, scores.Length);
        compared.Clear();
        var heap = new ScoreHeap(work.Slice(scores.Length, scores.Length), scores);
        for (int i = 0; i < scores.Length; i++)
            if (scores[i] > thresholds.Score) heap.Push(i);
        int count = 0;
        while (count < selected.Length && heap.Count > 0)
        {
            int box = heap.Pop();
            float before = scores[box];
            bool isSuppressed = false;
            for (int j = count - 1; j >= compared[box] && !isSuppressed && scores[box] > thresholds.Score; j--)
            {
                float overlap = Overlap(boxes, rowLength, scores.Length, box, selected[j]);
                if (thresholds.Sigma > 0) scores[box] *= MathF.Exp(-0.5f / thresholds.Sigma * overlap * overlap);
                else isSuppressed = overlap > thresholds.Overlap;
            }
            compared[box] = count;
            if (isSuppressed) continue;
            if (scores[box] == before)
            {
                selected[count] = box;
                selectedScores[count++] = before;
            }
            else if (scores[box] > thresholds.Score) heap.Push(box);
        }
        return count;
    }

    private static float Overlap(ReadOnlySpan<float> boxes, int rowLength, int count, int left, int right) => rowLength == 0
        ? boxes[left * count + right]
        : BoxOverlap.IntersectionOverUnion(boxes.Slice(left * rowLength, 4), boxes.Slice(right * rowLength, 4));
}
