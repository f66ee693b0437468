namespace ModelBuild.Kernels;

/// <summary>The functions of one float, by the names that the plan uses.</summary>
internal enum FloatFunction
{
    /// <summary>|x|.</summary>
    Abs,

    /// <summary>-x.</summary>
    Negate,

    /// <summary>x * x.</summary>
    Square,

    /// <summary>The square root.</summary>
    Sqrt,

    /// <summary>One over the square root.</summary>
    Rsqrt,

    /// <summary>One over x.</summary>
    Reciprocal,

    /// <summary>To the nearest integer, ties to even.</summary>
    Round,

    /// <summary>To the integer below.</summary>
    Floor,

    /// <summary>To the integer above.</summary>
    Ceil,

    /// <summary>See <see cref="FloatMath.Exp(float)"/>.</summary>
    Exp,

    /// <summary>e^x - 1.</summary>
    Expm1,

    /// <summary>The natural logarithm.</summary>
    Log,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,

    /// <summary>The error function.</summary>
    Erf,

    /// <summary>ln(1 + e^x).</summary>
    Softplus,

    /// <summary>x / (1 + |x|).</summary>
    Softsign,

    /// <summary>x, or 0 where it is less.</summary>
    Relu,

    /// <summary>x limited to [0, 6].</summary>
    Relu6,

    /// <summary>x, or e^x - 1 where it is less than 0.</summary>
    Elu,

    /// <summary>1.0507 times x, or 1.7581 (e^x - 1) where it is less than 0 (Klambauer et al. 2017).</summary>
    Selu,

    /// <summary>x / (1 + e^-x).</summary>
    Swish,

    /// <summary>relu6(x + 3) / 6.</summary>
    HardSigmoid,

    /// <summary>x relu6(x + 3) / 6.</summary>
    HardSwish,

    /// <summary>x (1 + erf(x / sqrt 2)) / 2.</summary>
    Gelu,

    /// <summary>x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2.</summary>
    GeluTanh,

    /// <summary>x tanh(ln(1 + e^x)).</summary>
    Mish,
}
