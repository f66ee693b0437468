using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Suppresses overlapping boxes class by class and gives the best of all classes, padded with zeros: TensorFlow's
/// CombinedNonMaxSuppression.
/// </summary>
internal sealed class CombinedNonMaxSuppression : Layer
{
    private readonly FlatBuffer<float> _boxes;
    private readonly FlatBuffer<float> _scores;
    private readonly FlatBuffer<float> _outputBoxes;
    private readonly FlatBuffer<float> _outputScores;
    private readonly FlatBuffer<float> _outputClasses;
    private readonly FlatBuffer<int> _counts;
    private readonly FlatBuffer<float> _floats;
    private readonly FlatBuffer<int> _integers;
    private readonly SuppressionThresholds _thresholds;
    private readonly int _classMost;
    private readonly bool _clip;

    /// <param name="boxes">[batch, boxes, classes or 1, 4]: y, x, y, x of two opposite corners.</param>
    /// <param name="scores">[batch, boxes, classes].</param>
    /// <param name="outputBoxes">[batch, most, 4].</param>
    /// <param name="outputScores">[batch, most].</param>
    /// <param name="outputClasses">[batch, most].</param>
    /// <param name="counts">[batch]: how many were selected.</param>
    /// <param name="floats">Working memory, as long as <see cref="Floats"/> says.</param>
    /// <param name="integers">Working memory, as long as <see cref="Integers"/> says.</param>
    /// <param name="classMost">Most boxes of a class.</param>
    /// <param name="overlapThreshold">See <see cref="SuppressionThresholds"/>.</param>
    /// <param name="scoreThreshold">See <see cref="SuppressionThresholds"/>.</param>
    /// <param name="clip">Output boxes are cut to 0..1.</param>
    public CombinedNonMaxSuppression(
        FlatBuffer<float> boxes, FlatBuffer<float> scores, FlatBuffer<float> outputBoxes, FlatBuffer<float> outputScores,
        FlatBuffer<float> outputClasses, FlatBuffer<int> counts, FlatBuffer<float> floats, FlatBuffer<int> integers, int classMost,
        float overlapThreshold, float scoreThreshold, bool clip)
    {
        Shapes.Require(boxes.Shape.Length == 4 && scores.Shape.Length == 3, "boxes have four axes and scores three");
        _boxes = boxes;
        _scores = scores;
        _outputBoxes = outputBoxes;
        _outputScores = outputScores;
        _outputClasses = outputClasses;
        _counts = counts;
        _floats = floats;
        _integers = integers;
        _thresholds = new SuppressionThresholds(overlapThreshold, scoreThreshold, 0);
        _classMost = classMost;
        _clip = clip;
    }

    /// <summary>Floats of working memory.</summary>
    public static int Floats(int boxes, int classes, int classMost) => boxes + classes * Math.Min(classMost, boxes);

    /// <summary>Integers of working memory.</summary>
    public static int Integers(int boxes, int classes, int classMost) => 2 * boxes + classes * (Math.Min(classMost, boxes) + 2);

    public override void Run(Workspace workspace)
    {
        int batch = _scores.Shape[0];
        for (int image = 0; image < batch; image++)
        {
            workspace.Elements(_counts)[image] = Run(
                Image(workspace.Elements(_boxes), image, batch), Image(workspace.Elements(_scores), image, batch), _scores.Shape[2], _classMost,
                _thresholds, _clip, Image(workspace.Elements(_outputBoxes), image, batch),
                Image(workspace.Elements(_outputScores), image, batch), Image(workspace.Elements(_outputClasses), image, batch), workspace.Elements(_floats), workspace.Elements(_integers));
        }
    }

    /// <summary>One image.</summary>
    /// <param name="boxes">[boxes][classes or 1][4].</param>
    /// <param name="scores">[boxes][classes].</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="classMost">Most boxes of a class.</param>
    /// <param name="thresholds">What is left out.</param>
    /// <param name="clip">Output boxes are cut to 0..1.</param>
    /// <param name="outputBoxes">[most][4].</param>
    /// <param name="outputScores">[most].</param>
    /// <param name="outputClasses">[most].</param>
    /// <param name="floats">Working memory, as long as <see cref="Floats"/> says.</param>
    /// <param name="integers">Working memory, as long as <see cref="Integers"/> says.</param>
    /// <returns>How many were selected.</returns>
    public static int Run(
        ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, int classes, int classMost, SuppressionThresholds thresholds, bool clip,
        Span<float> outputBoxes, Span<float> outputScores, Span<float> outputClasses, Span<float> floats, Span<int> integers)
    {
        outputBoxes.Clear();
        outputScores.Clear();
        outputClasses.Clear();
        if (scores.IsEmpty) return 0;
        int count = scores.Length / classes;
        int boxLength = boxes.Length / count;
        int most = Math.Min(classMost, count);
        Span<float> classScores = floats.Slice(0, count);
        Span<float> selectedScores = floats.Slice(count, classes * most);
        Span<int> selected = integers.Slice(2 * count, classes * most);
        Span<int> found = integers.Slice(2 * count + classes * most, classes);
        Span<int> taken = integers.Slice(2 * count + classes * (most + 1), classes);
        for (int c = 0; c < classes; c++)
        {
            for (int i = 0; i < count; i++) classScores[i] = scores[i * classes + c];
            found[c] = NonMaxSuppression.Run(
                boxes.Slice(boxLength > 4 ? c * 4 : 0), boxLength, classScores, thresholds, selected.Slice(c * most, most),
                selectedScores.Slice(c * most, most), integers.Slice(0, 2 * count));
        }
        taken.Clear();
        for (int written = 0; written < outputScores.Length; written++)
        {
            int best = Best(selectedScores, most, found, taken);
            if (best < 0) return written;
            int place = best * most + taken[best]++;
            outputScores[written] = selectedScores[place];
            outputClasses[written] = best;
            ReadOnlySpan<float> box = boxes.Slice(selected[place] * boxLength + (boxLength > 4 ? best * 4 : 0), 4);
            for (int side = 0; side < 4; side++) outputBoxes[written * 4 + side] = clip ? Math.Clamp(box[side], 0, 1) : box[side];
        }
        return outputScores.Length;
    }

    /// <summary>The class whose next box has the highest score, or -1 if none is left; each class's are in falling order.</summary>
    private static int Best(ReadOnlySpan<float> scores, int most, ReadOnlySpan<int> found, ReadOnlySpan<int> taken)
    {
        int best = -1;
        for (int c = 0; c < found.Length; c++)
            if (taken[c] < found[c] && (best < 0 || scores[c * most + taken[c]] > scores[best * most + taken[best]])) best = c;
        return best;
    }

    private static Span<float> Image(Span<float> images, int image, int batch) =>
        images.Slice(image * (images.Length / batch), images.Length / batch);
}
