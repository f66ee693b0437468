namespace ModelBuild.Compiler;

/// <summary>What became of a model's bytes, step by step; the blob and the plan are shipped.</summary>
/// <param name="Source">Of the model file.</param>
/// <param name="Graph">Of the weights that the graph has once constants are folded and what only training needs is gone.</param>
/// <param name="Stored">Of the plan's constants as they are executed.</param>
/// <param name="NonZero">The same without weights that are zero.</param>
/// <param name="Coded">Of the blob: the constants, entropy-coded, zeros included.</param>
/// <param name="Plan">Of the plan.</param>
public sealed record SizeReport(long Source, long Graph, long Stored, long NonZero, long Coded, long Plan);
