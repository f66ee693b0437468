namespace ModelBuild.Compiler.Lowering;

/// <summary>What a plan says besides the network: names, and what callers may hand over.</summary>
internal sealed record PlanHeader
{
    /// <summary>File name of the model, without folder.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the generated class.</summary>
    public required string ClassName { get; init; }

    /// <summary>Its namespace; empty for the global one.</summary>
    public required string Namespace { get; init; }

    /// <summary>"public" or "internal".</summary>
    public required string Access { get; init; }

    /// <summary>Name of the embedded resource with the weights.</summary>
    public required string Resource { get; init; }

    /// <summary>Threads that work on a call, where the caller says nothing else.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Class labels of the first output; empty when none were given.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Sentences for the remarks of the generated class.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>How bytes become the first input, if it is float; null where it takes no bytes.</summary>
    public PixelInput? Pixels { get; init; }

    /// <summary>Sentences about inputs and outputs by their names in the graph, for the generated documentation.</summary>
    public IReadOnlyDictionary<string, string> PortRemarks { get; init; } = new Dictionary<string, string>();
}

/// <summary>How the bytes of a picture become an input: parameters of <see cref="Kernels.PixelPreprocessing"/>.</summary>
/// <param name="Scale">A factor a channel, or one for all, or none for 1.</param>
/// <param name="Offset">An addend a channel, or one for all, or none for 0.</param>
/// <param name="Order">The picture's channel for each channel; empty to keep the order.</param>
internal sealed record PixelInput(float[] Scale, float[] Offset, int[] Order);
