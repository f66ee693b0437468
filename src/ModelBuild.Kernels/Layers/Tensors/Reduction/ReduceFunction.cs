namespace ModelBuild.Kernels;

/// <summary>The reductions of numbers, by the names that the plan uses.</summary>
internal enum ReduceFunction
{
    /// <summary>Sum; 0 of nothing.</summary>
    Sum,

    /// <summary>Sum over count; of integers towards zero.</summary>
    Mean,

    /// <summary>Product; 1 of nothing.</summary>
    Product,

    /// <summary>Greatest; not a number where one is not.</summary>
    Maximum,

    /// <summary>Least; not a number where one is not.</summary>
    Minimum,

    /// <summary>Square root of the sum of squares.</summary>
    EuclideanNorm,
}
