namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>What the levels of a layer cost besides their error.</summary>
/// <param name="Bits">Of each level, by level + 127.</param>
/// <param name="Lambda">What a bit costs, in units of the error that <see cref="OutputCurvature"/> tells.</param>
internal sealed record LayerRate(double[] Bits, double Lambda);
