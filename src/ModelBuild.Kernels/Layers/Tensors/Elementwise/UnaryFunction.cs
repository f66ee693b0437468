namespace ModelBuild.Kernels;

/// <summary>
/// The functions of one floating-point number besides those of <see cref="FloatFunction"/>, and those of integers, by the names
/// that the plan uses. A name that both lists have means the same.
/// </summary>
internal enum UnaryFunction
{
    Abs, Negate, Sign, Square, Sqrt, Rsqrt, Reciprocal, Round, Floor, Ceil, Exp, Expm1, Log, Log1p,
    Sin, Cos, Tan, Asin, Acos, Atan, Sinh, Cosh, Tanh, Asinh, Acosh, Atanh,
    Sigmoid, Erf, Erfc, Softplus, Softsign, Relu, Relu6, Elu, Selu,
    LogGamma, Digamma, ErfInverse, NormalQuantile, BesselI0e, BesselI1e, BitwiseNot,
}
