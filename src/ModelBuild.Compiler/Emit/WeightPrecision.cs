namespace ModelBuild.Compiler.Emit;

/// <summary>How the weights of an emitted graph are stored.</summary>
internal enum WeightPrecision
{
    /// <summary>As they are.</summary>
    Float32,

    /// <summary>In half as many bytes: 11 significant bits.</summary>
    Half,

    /// <summary>
    /// In a quarter of the bytes: -127..127 with a scale an output channel, and as <see cref="Half"/> what has no channels.
    /// </summary>
    Int8,
}
