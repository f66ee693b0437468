namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>What the levels of a layer cost besides their error.</summary>
/// <param name="Bits">Of each level, by level + 127.</param>
/// <param name="Prices">What a bit costs in units of the squared output error, one an output channel of the layer.</param>
internal sealed record LayerRate(double[] Bits, double[] Prices);
