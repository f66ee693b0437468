namespace ModelBuild.Kernels;

/// <summary>The arithmetic functions of two numbers, by the names that the plan uses. Integers wrap around.</summary>
internal enum BinaryFunction
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a * b.</summary>
    Multiply,

    /// <summary>a / b; of integers towards zero.</summary>
    Divide,

    /// <summary>a / b, or 0 where b is 0.</summary>
    DivideNoNan,

    /// <summary>The integer at or below a / b.</summary>
    FloorDivide,

    /// <summary>What <see cref="FloorDivide"/> leaves; has the sign of b.</summary>
    FloorModulo,

    /// <summary>a / b without its fraction.</summary>
    TruncateDivide,

    /// <summary>What <see cref="TruncateDivide"/> leaves; has the sign of a.</summary>
    TruncateModulo,

    /// <summary>The greater.</summary>
    Maximum,

    /// <summary>The lesser.</summary>
    Minimum,

    /// <summary>a to the power of b; of integers b is not negative.</summary>
    Power,

    /// <summary>(a - b)^2.</summary>
    SquaredDifference,

    /// <summary>The angle of the point (b, a); not of integers.</summary>
    Atan2,

    /// <summary>The neighbour of a in the direction of b; not of integers.</summary>
    NextAfter,

    /// <summary>The regularised lower incomplete gamma function P(a, b); not of integers.</summary>
    IncompleteGamma,

    /// <summary>1 - P(a, b); not of integers.</summary>
    IncompleteGammaComplement,

    /// <summary>Hurwitz' zeta function, the sum of (b + n)^-a; not of integers.</summary>
    Zeta,

    /// <summary>Derivative a of the digamma function at b; not of integers.</summary>
    Polygamma,

    /// <summary>Bits of both; of integers only, as all below.</summary>
    BitwiseAnd,

    /// <summary>Bits of either.</summary>
    BitwiseOr,

    /// <summary>Bits of one of both.</summary>
    BitwiseXor,

    /// <summary>a moved b bits up; b is limited to the bits of the type.</summary>
    ShiftLeft,

    /// <summary>a moved b bits down, the sign filling up; b is limited to the bits of the type.</summary>
    ShiftRight,
}
