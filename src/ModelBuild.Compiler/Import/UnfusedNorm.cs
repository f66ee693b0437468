namespace ModelBuild.Compiler.Import;

/// <summary>The constants of a batch normalisation that a file has as multiplications and additions.</summary>
/// <param name="Input">Name of the value that it reads.</param>
/// <param name="Output">Name of the value that it writes.</param>
/// <param name="Mean">Of each channel.</param>
/// <param name="Variance">Of each channel.</param>
/// <param name="Scale">Of each channel; null for 1.</param>
/// <param name="Offset">Of each channel; null for 0.</param>
/// <param name="Epsilon">Added to the variance.</param>
internal sealed record UnfusedNorm(
    string Input, string Output, float[] Mean, float[] Variance, float[]? Scale, float[]? Offset, float Epsilon);
