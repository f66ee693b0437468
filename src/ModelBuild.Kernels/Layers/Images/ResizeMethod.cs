namespace ModelBuild.Kernels;

/// <summary>How a resized pixel is computed of the original ones.</summary>
internal enum ResizeMethod
{
    /// <summary>Of the two neighbours along each axis.</summary>
    Bilinear,

    /// <summary>Of four neighbours along each axis by cubic convolution.</summary>
    Bicubic,

    /// <summary>The mean of the area it covers.</summary>
    Area,
}
