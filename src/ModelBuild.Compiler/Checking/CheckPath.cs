namespace ModelBuild.Compiler.Checking;

/// <summary>Which way a case is executed.</summary>
internal enum CheckPath
{
    /// <summary>The imported graph as it stands, by the reference executor.</summary>
    Import,

    /// <summary>The graph after all passes, by the reference executor.</summary>
    Passes,

    /// <summary>The graph after all passes, lowered to a plan in float32, by the kernels that ship.</summary>
    Plan,
}
