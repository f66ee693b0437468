namespace ModelBuild.Kernels;

/// <summary>The functions of two truth values, by the names that the plan uses.</summary>
internal enum LogicalFunction
{
    And,
    Or,
    Equal,
    NotEqual,
}
