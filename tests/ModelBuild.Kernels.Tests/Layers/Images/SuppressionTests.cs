using ModelBuild.Kernels.Tests.Tensors;

namespace ModelBuild.Kernels.Tests.Layers.Images;

/// <summary>Non-maximum suppression against the plain algorithms.</summary>
public sealed class SuppressionTests
{
    private static NaiveTensor<float> Boxes(RandomTensors random, int count) => random.Floats([count, 4], 0, 4);

    private static float Overlap(NaiveTensor<float> boxes, int a, int b) =>
        BoxOverlap.IntersectionOverUnion(boxes.Data.AsSpan(4 * a, 4), boxes.Data.AsSpan(4 * b, 4));

    [Fact]
    public void OverlapOfBoxesWithCornersInAnyOrder()
    {
        Assert.Equal(1 / 7f, BoxOverlap.IntersectionOverUnion([0, 0, 2, 2], [3, 3, 1, 1]), 1e-6f);
        Assert.Equal(0, BoxOverlap.IntersectionOverUnion([0, 0, 0, 2], [0, 0, 2, 2]));
        Assert.Equal(0, BoxOverlap.IntersectionOverUnion([0, 0, 1, 1], [2, 2, 3, 3]));
    }

    [Fact]
    public void HardSuppressionIsGreedy()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new RandomTensors(seed);
            int count = random.Next(1, 12), most = random.Next(1, 6);
            NaiveTensor<float> boxes = Boxes(random, count);
            // Few different scores, among them 0 and negative ones: ties go to the lower number.
            float[] scores = Enumerable.Range(0, count).Select(_ => random.Next(-1, 3) / 2f).ToArray();
            var expected = new List<int>();
            foreach (int i in Enumerable.Range(0, count).OrderByDescending(i => scores[i]))
                if (scores[i] > -0.4f && expected.Count < most && expected.All(j => Overlap(boxes, i, j) <= 0.2f)) expected.Add(i);
            var run = new TensorRun();
            FlatBuffer<int> selected = run.Output<int>([most]), found = run.Output<int>([]);
            var layer = new NonMaxSuppression(
                run.Input(boxes), run.Input(new NaiveTensor<float>([count], scores)), selected, run.Output<float>([most]), found,
                run.Output<float>([count]), run.Output<int>([2, count]), 0.2f, -0.4f, 0);
            Assert.Equal([expected.Count], run.Run(layer, found));
            Assert.Equal(expected.Concat(Enumerable.Repeat(0, most - expected.Count)), run.Run(layer, selected));
        }
    }

    [Fact]
    public void SoftSuppressionLowersScores()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new RandomTensors(seed);
            int count = random.Next(1, 10);
            NaiveTensor<float> boxes = Boxes(random, count);
            float[] scores = Enumerable.Range(0, count).Select(_ => random.Next(1, 1000) / 1000f).ToArray();
            int[] selected = new int[count];
            float[] selectedScores = new float[count];
            int found = NonMaxSuppression.Run(
                boxes.Data, 4, (float[])scores.Clone(), new SuppressionThresholds(1, 0.1f, 0.5f), selected, selectedScores, new int[2 * count]);
            // Each step takes the best of what is left and lowers the scores of the rest (Bodla et al. 2017).
            List<int> left = Enumerable.Range(0, count).ToList();
            for (int step = 0; step < found; step++)
            {
                int best = left.OrderByDescending(i => scores[i]).First();
                Assert.Equal(best, selected[step]);
                Assert.Equal(scores[best], selectedScores[step], 1e-5f);
                left.Remove(best);
                foreach (int i in left) scores[i] *= MathF.Exp(-Overlap(boxes, i, best) * Overlap(boxes, i, best));
            }
            Assert.All(left, i => Assert.True(scores[i] <= 0.1f));
        }
    }

    [Fact]
    public void ClassesAreSuppressedSeparatelyAndMerged()
    {
        float[] boxes = [0, 0, 1, 1, 0, 0, 1, 0.9f, 0, 0, 2, 2], scores = [0.5f, 0.3f, 0.6f, 0.9f, 0.1f, 0.8f];
        float[] outputBoxes = new float[16], outputScores = new float[4], classes = new float[4];
        int count = CombinedNonMaxSuppression.Run(
            boxes, scores, 2, 2, new SuppressionThresholds(0.5f, 0.2f, 0), true, outputBoxes, outputScores, classes,
            new float[CombinedNonMaxSuppression.Floats(3, 2, 2)], new int[CombinedNonMaxSuppression.Integers(3, 2, 2)]);
        // Of class 0 box 1 (0.6) suppresses box 0; of class 1 boxes 1 (0.9) and 2 (0.8) overlap little.
        Assert.Equal(3, count);
        Assert.Equal([0.9f, 0.8f, 0.6f, 0], outputScores);
        Assert.Equal([1, 1, 0, 0], classes);
        Assert.Equal([0, 0, 1, 0.9f, 0, 0, 1, 1, 0, 0, 1, 0.9f, 0, 0, 0, 0], outputBoxes);
    }
}
