namespace ModelBuild.Kernels;

/// <summary>Questions about a floating-point number, by the names that the plan uses.</summary>
internal enum ClassificationFunction
{
    IsNan,
    IsInf,
    IsFinite,
}
