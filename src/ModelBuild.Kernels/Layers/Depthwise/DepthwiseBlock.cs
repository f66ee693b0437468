namespace ModelBuild.Kernels;

/// <summary>Eight pixels of a row of the output, and of the row below.</summary>
/// <param name="Source">Byte offset of the interleaved pixels under them.</param>
/// <param name="Pixel">The first one's number.</param>
internal readonly record struct DepthwiseBlock(int Source, int Pixel);
