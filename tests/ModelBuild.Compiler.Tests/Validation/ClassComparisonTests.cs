using ModelBuild.Compiler.Validation;

namespace ModelBuild.Compiler.Tests.Validation;

public class ClassComparisonTests
{
    [Fact]
    public void Intervals_are_those_of_the_literature()
    {
        // Newcombe, Two-sided confidence intervals for the single proportion, 1998: 81 of 263 by Wilson's score.
        Interval interval = new Accuracy(81, 263).Interval;
        Assert.Equal((25.53, 36.62), (Math.Round(interval.Low, 2), Math.Round(interval.High, 2)));
        Assert.Equal(100, new Accuracy(20, 20).Interval.High, 9);
    }

    [Fact]
    public void Differences_are_those_of_the_pairs()
    {
        // Ten samples on which one model alone is right, nine of them the compressed one; both tails of ten tosses.
        int[] labels = new int[40], before = [.. Enumerable.Repeat(1, 9), .. new int[31]], after = [.. new int[9], 2, .. new int[30]];
        ClassChanges changes = ClassComparison.Of(labels, before, after, ["zero", "one"]);
        Assert.Equal((30, 1, 9), (changes.Agreements, changes.Lost, changes.Gained));
        Assert.Equal(22.0 / 1024, changes.Chance, 12);
        // (9.5 - 1.5) / 42 and 1.96 * sqrt((11 / 42 - (8 / 42)^2) / 42).
        Assert.Equal(100 * (8 / 42.0 - 0.1437), changes.Difference.Low, 0.01);
        Assert.Equal(100 * (8 / 42.0 + 0.1437), changes.Difference.High, 0.01);
        Assert.Equal([new ClassChange("zero", 40, 31, 39)], changes.Classes);
        Assert.Equal([new ConfusionChange("zero", "one", 9, 0), new ConfusionChange("zero", "2", 0, 1)], changes.Confusions);
    }

    [Fact]
    public void Equal_models_differ_by_chance_only()
    {
        ClassChanges changes = ClassComparison.Of([0, 1, 2], [0, 1, 1], [0, 1, 1], []);
        Assert.Equal((3, 1.0), (changes.Agreements, changes.Chance));
        Assert.Empty(changes.Classes);
        Assert.Empty(changes.Confusions);
    }
}
