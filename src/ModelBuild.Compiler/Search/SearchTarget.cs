using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Validation;

namespace ModelBuild.Compiler.Search;

/// <summary>What a search looks for, and how it judges what it finds.</summary>
/// <param name="Goal">What to achieve.</param>
/// <param name="Closeness">Measures what a model loses.</param>
/// <param name="HasMaxDrop">The user said what may be lost.</param>
/// <param name="MaxSize">Most bytes of weights and plan; null for any.</param>
internal sealed record SearchTarget(OptimizeGoal Goal, Closeness Closeness, bool HasMaxDrop, long? MaxSize)
{
    /// <summary>The verdict on a model that is as small as was asked for, where nothing was said about its accuracy, which is bad.</summary>
    public const string SmallButFar = "small enough, but far off";

    private const string Good = "good", TooFar = "too far off", TooLarge = "too large";

    /// <summary>Coarser weights serve the goal as long as the model is close enough; else they only serve to fit.</summary>
    private bool WantsCoarse => Goal is OptimizeGoal.Size or OptimizeGoal.Speed;

    /// <summary>Who asks for the closest model that is small enough, and no more, gets it however far off it is.</summary>
    private bool IsBound => HasMaxDrop || WantsCoarse;

    /// <summary>Measures a model.</summary>
    public SearchTrial Judge(string settings, LoweredModel model)
    {
        (long bytes, double closeness) = (model.Bytes, Closeness.Measure(model));
        bool isClose = Closeness.Accepts(closeness);
        string verdict = IsBound && !isClose ? TooFar : bytes > MaxSize ? TooLarge : isClose ? Good : SmallButFar;
        return new SearchTrial(settings, bytes, closeness, verdict is Good or SmallButFar, verdict);
    }

    /// <summary>Nothing could be better than this model of least error.</summary>
    public bool IsMetBy(SearchTrial leastError) => !WantsCoarse && leastError.IsAccepted;

    /// <summary>What is tried after this trial should be coarser, not finer.</summary>
    public bool WantsCoarserThan(SearchTrial trial) => WantsCoarse ? Closeness.Accepts(trial.Closeness) : !Fits(trial);

    /// <summary>
    /// A trial is better than an earlier one. Among those that keep what was asked for the goal decides; among the others, to show what
    /// can be had, it is what is small enough and then what is closer, for coarse ones what is close enough and then what is smaller.
    /// </summary>
    public bool IsBetter(SearchTrial trial, SearchTrial than)
    {
        if (trial.IsAccepted != than.IsAccepted) return trial.IsAccepted;
        bool isSmaller = trial.Bytes < than.Bytes, isCloser = Closeness.IsCloser(trial.Closeness, than.Closeness);
        if (trial.IsAccepted)
        {
            return Goal switch
            {
                OptimizeGoal.Size => isSmaller,
                // A bisection accepts one model after the other, each coarser than the last.
                OptimizeGoal.Speed => true,
                // More bytes are less error by the measure that rounding makes small; what samples say of models so near is chance.
                _ => !isSmaller,
            };
        }
        (bool keeps, bool kept) = WantsCoarse ? (Closeness.Accepts(trial.Closeness), Closeness.Accepts(than.Closeness)) : (Fits(trial), Fits(than));
        if (keeps != kept) return keeps;
        return keeps == WantsCoarse ? isSmaller : isCloser;
    }

    private bool Fits(SearchTrial trial) => trial.Bytes <= (MaxSize ?? long.MaxValue);

    /// <summary>What was tried.</summary>
    public SearchReport Report(IReadOnlyList<SearchTrial> trials) => new(Closeness.Figure, IsBound ? Closeness.Bound : null, MaxSize, trials);
}
