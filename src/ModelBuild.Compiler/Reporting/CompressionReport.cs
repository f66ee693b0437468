namespace ModelBuild.Compiler;

/// <summary>What compression did to a model.</summary>
public sealed record CompressionReport
{
    /// <summary>File name of the model.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the generated class.</summary>
    public required string ClassName { get; init; }

    /// <summary>Bytes of the model file.</summary>
    public required long SourceBytes { get; init; }

    /// <summary>Bytes of the weights blob and the plan that replace it.</summary>
    public required long CompressedBytes { get; init; }

    /// <summary>The build's one line: "digits.pb -> Digits: 85.6 KB -> 19.4 KB (4.4x), int8, top-1 99.16 % -> 99.16 %, 0.41 MMAC, 12 layers".</summary>
    public required string Summary { get; init; }

    /// <summary>Coded warnings to show beside the summary.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
