namespace ModelBuild.Kernels;

/// <summary>Pixels of four rows that are interleaved.</summary>
/// <param name="Source">Byte offset of the first row's pixels.</param>
/// <param name="Target">Byte offset of the place for the outcome.</param>
internal readonly record struct DepthwiseFill(int Source, int Target);
