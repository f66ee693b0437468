namespace ModelBuild.Kernels;

/// <summary>How integers stand for the real numbers of a range, by the names that the plan uses (TensorFlow's QuantizeV2).</summary>
internal enum QuantizationMode
{
    /// <summary>The lowest integer for the minimum, the highest for the maximum, the others evenly between.</summary>
    MinCombined,

    /// <summary>The same with the minimum moved to a whole number of steps, see <see cref="QuantizedNumbers"/>.</summary>
    MinFirst,

    /// <summary>0 for 0, and a scale by which both ends of the range fit.</summary>
    Scaled,
}
