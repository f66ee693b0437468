namespace ModelBuild.Kernels;

/// <summary>The comparisons, by the names that the plan uses. Only NotEqual holds where an operand is not a number.</summary>
internal enum ComparisonFunction
{
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}
