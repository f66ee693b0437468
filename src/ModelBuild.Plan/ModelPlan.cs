namespace ModelBuild.Plan;

/// <summary>
/// A compiled model: what the generator needs to emit a predictor, and what an executor needs to run one. Weights are not in
/// it; each <see cref="PlanTensor"/> says where it lies in the weights blob. The text form is written by <see cref="PlanWriter"/>
/// and read by <see cref="PlanReader"/>; both are exact inverses.
/// </summary>
public sealed record ModelPlan
{
    /// <summary>File name of the model this was compiled from, without folder.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the generated class.</summary>
    public required string ClassName { get; init; }

    /// <summary>Namespace of the generated class; empty for the global one.</summary>
    public required string Namespace { get; init; }

    /// <summary>"public" or "internal".</summary>
    public required string Access { get; init; }

    /// <summary>Name of the embedded resource that holds the weights blob.</summary>
    public required string Resource { get; init; }

    /// <summary>Length of the weights blob in bytes.</summary>
    public required int BlobBytes { get; init; }

    /// <summary>Length of the working memory of one call in bytes.</summary>
    public required int ArenaBytes { get; init; }

    /// <summary>Threads that work on a call, where the caller says nothing else.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Sentences about size, precision and accuracy, for the remarks of the generated class.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Class labels by index of the first output; empty when none were given.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What a call takes, in order.</summary>
    public required IReadOnlyList<PlanPort> Inputs { get; init; }

    /// <summary>What a call gives, in order.</summary>
    public required IReadOnlyList<PlanPort> Outputs { get; init; }

    /// <summary>Places of the values in the working memory.</summary>
    public required IReadOnlyList<PlanBuffer> Buffers { get; init; }

    /// <summary>Constants that layers read like buffers.</summary>
    public IReadOnlyList<PlanConstant> Constants { get; init; } = [];

    /// <summary>What is executed, in order.</summary>
    public required IReadOnlyList<PlanLayer> Layers { get; init; }
}
