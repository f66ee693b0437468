using System.Globalization;

namespace ModelBuild.Compiler.Validation;

/// <summary>Compares the classes that two models find for the same samples.</summary>
internal static class ClassComparison
{
    // What a reader can take in; the sum of all is in Lost and Gained.
    private const int MostConfusions = 20;

    /// <param name="labels">The right class of each sample.</param>
    /// <param name="before">The float model's.</param>
    /// <param name="after">The compressed model's.</param>
    /// <param name="names">Of the classes; where there are none, their numbers.</param>
    public static ClassChanges Of(int[] labels, int[] before, int[] after, IReadOnlyList<string> names)
    {
        int lost = 0, gained = 0;
        SortedDictionary<(int Class, int Found), int[]> cells = [];
        for (int i = 0; i < labels.Length; i++)
        {
            if (before[i] != after[i] && before[i] == labels[i]) lost++;
            if (before[i] != after[i] && after[i] == labels[i]) gained++;
            Count(labels[i], before[i], 0);
            Count(labels[i], after[i], 1);
        }
        var changed = cells.Where(cell => cell.Value[0] != cell.Value[1]).ToArray();
        return new ClassChanges
        {
            Agreements = before.Zip(after).Count(pair => pair.First == pair.Second),
            Lost = lost, Gained = gained, Difference = Difference(lost, gained, labels.Length), Chance = Chance(lost, gained),
            Classes = [.. changed.Where(cell => cell.Key.Class == cell.Key.Found)
                .Select(cell => new ClassChange(Name(cell.Key.Class), labels.Count(label => label == cell.Key.Class), cell.Value[0], cell.Value[1]))],
            Confusions = [.. changed.Where(cell => cell.Key.Class != cell.Key.Found)
                .OrderByDescending(cell => Math.Abs(cell.Value[1] - cell.Value[0])).Take(MostConfusions)
                .Select(cell => new ConfusionChange(Name(cell.Key.Class), Name(cell.Key.Found), cell.Value[0], cell.Value[1]))],
        };

        void Count(int label, int found, int model)
        {
            if (!cells.TryGetValue((label, found), out int[]? cell)) cells[(label, found)] = cell = new int[2];
            cell[model]++;
        }

        string Name(int index) => index < names.Count ? names[index] : index.ToString(CultureInfo.InvariantCulture);
    }

    private static Interval Difference(int lost, int gained, int samples)
    {
        const double Half = 0.5;
        double count = samples + 4 * Half, less = lost + Half, more = gained + Half;
        double difference = (more - less) / count;
        double reach = Interval.Deviations * Math.Sqrt(((less + more) / count - difference * difference) / count);
        return new Interval(100 * (difference - reach), 100 * (difference + reach));
    }

    /// <summary>Both tails of the binomial distribution of a fair coin that is tossed for each sample only one model has right.</summary>
    private static double Chance(int lost, int gained)
    {
        int tosses = lost + gained;
        double logarithm = -tosses * Math.Log(2), tail = 0;
        for (int heads = 0; heads <= Math.Min(lost, gained); heads++)
        {
            tail += Math.Exp(logarithm);
            logarithm += Math.Log(tosses - heads) - Math.Log(heads + 1);
        }
        return Math.Min(1, 2 * tail);
    }
}
