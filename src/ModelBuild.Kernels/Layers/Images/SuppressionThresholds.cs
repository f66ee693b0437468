namespace ModelBuild.Kernels;

/// <summary>What <see cref="NonMaxSuppression"/> leaves out.</summary>
/// <param name="Overlap">Boxes that overlap more with a selected one, unless the suppression is soft.</param>
/// <param name="Score">Boxes with at most this score.</param>
/// <param name="Sigma">Standard deviation of the Gaussian by which a soft suppression lowers scores; 0 for a hard one.</param>
internal readonly record struct SuppressionThresholds(float Overlap, float Score, float Sigma);
