namespace ModelBuild.Kernels;

/// <summary>The reductions of segments, by the names that the plan uses.</summary>
internal enum SegmentFunction
{
    /// <summary>Sum.</summary>
    Sum,

    /// <summary>Sum over count.</summary>
    Mean,

    /// <summary>Sum over the square root of the count.</summary>
    SumOverRoot,

    /// <summary>Product.</summary>
    Product,

    /// <summary>Greatest.</summary>
    Maximum,

    /// <summary>Least.</summary>
    Minimum,
}
