using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Arithmetic on complex tensors: in double, rounded to float parts where these are complex64.</summary>
internal static class ComplexNumbers
{
    /// <summary>A tensor of these numbers, in the precision of its type.</summary>
    public static Tensor Rounded(DataType type, Shape shape, Complex[] numbers) => new(type, shape, type == DataType.Complex128 ? numbers
        : numbers.Select(number => new Complex((float)number.Real, (float)number.Imaginary)).ToArray());

    /// <summary>A function of each number.</summary>
    public static Tensor Run(UnaryKind kind, Tensor x) => Rounded(x.Type, x.Shape, [.. x.Elements<Complex>().ToArray().Select(Function(kind))]);

    /// <summary>A function of two numbers, broadcast to each other.</summary>
    public static Tensor Run(BinaryKind kind, Tensor a, Tensor b, int[] shape)
    {
        Complex[] numbers = new Complex[Inference.Product(shape)];
        switch (kind)
        {
            case BinaryKind.Add: Apply<AddFunction<Complex>>(); break;
            case BinaryKind.Subtract: Apply<Difference>(); break;
            case BinaryKind.Multiply: Apply<Product>(); break;
            case BinaryKind.Divide: Apply<Quotient>(); break;
            case BinaryKind.DivideNoNan: Apply<QuotientNoNan>(); break;
            case BinaryKind.Power: Apply<Power>(); break;
            case BinaryKind.SquaredDifference: Apply<SquaredDifference>(); break;
            default: throw ElementTypes.Unsupported(a.Type, $"a type that {kind} is defined for");
        }
        return Rounded(a.Type, Shape.Of(shape), numbers);

        void Apply<TFunction>() where TFunction : struct, IBinaryFunction<Complex, Complex> => Kernels.Binary.Run<Complex, Complex, TFunction>(
            a.Elements<Complex>(), a.Shape.Dimensions, b.Elements<Complex>(), b.Shape.Dimensions, numbers);
    }

    private static Func<Complex, Complex> Function(UnaryKind kind) => kind switch
    {
        UnaryKind.Conjugate => Complex.Conjugate,
        UnaryKind.Negate => Complex.Negate,
        UnaryKind.Square => x => x * x,
        UnaryKind.Sqrt => Complex.Sqrt,
        UnaryKind.Rsqrt => x => Complex.Reciprocal(Complex.Sqrt(x)),
        UnaryKind.Reciprocal => x => Complex.One / x,
        UnaryKind.Sign => x => x == Complex.Zero ? x : x / x.Magnitude,
        UnaryKind.Exp => Complex.Exp,
        UnaryKind.Expm1 => x => Complex.Exp(x) - 1,
        UnaryKind.Log => Complex.Log,
        UnaryKind.Log1p => x => Complex.Log(x + 1),
        UnaryKind.Sin => Complex.Sin,
        UnaryKind.Cos => Complex.Cos,
        UnaryKind.Tan => Complex.Tan,
        UnaryKind.Asin => Complex.Asin,
        UnaryKind.Acos => Complex.Acos,
        UnaryKind.Atan => Complex.Atan,
        UnaryKind.Sinh => Complex.Sinh,
        UnaryKind.Cosh => Complex.Cosh,
        UnaryKind.Tanh => Complex.Tanh,
        UnaryKind.Asinh => x => Complex.Log(x + Complex.Sqrt(x * x + 1)),
        UnaryKind.Acosh => x => Complex.Log(x + Complex.Sqrt(x + 1) * Complex.Sqrt(x - 1)),
        UnaryKind.Atanh => x => (Complex.Log(1 + x) - Complex.Log(1 - x)) / 2,
        UnaryKind.Sigmoid => x => 1 / (1 + Complex.Exp(-x)),
        _ => throw ElementTypes.Unsupported(DataType.Complex128, $"a type that {kind} is defined for"),
    };

    private readonly struct Difference : IBinaryFunction<Complex, Complex>
    {
        public static Complex Apply(Complex left, Complex right) => left - right;
    }

    private readonly struct Product : IBinaryFunction<Complex, Complex>
    {
        public static Complex Apply(Complex left, Complex right) => left * right;
    }

    private readonly struct Quotient : IBinaryFunction<Complex, Complex>
    {
        public static Complex Apply(Complex left, Complex right) => left / right;
    }

    private readonly struct QuotientNoNan : IBinaryFunction<Complex, Complex>
    {
        public static Complex Apply(Complex left, Complex right) => right == Complex.Zero ? Complex.Zero : left / right;
    }

    private readonly struct Power : IBinaryFunction<Complex, Complex>
    {
        public static Complex Apply(Complex left, Complex right) => Complex.Pow(left, right);
    }

    private readonly struct SquaredDifference : IBinaryFunction<Complex, Complex>
    {
        public static Complex Apply(Complex left, Complex right) => (left - right) * Complex.Conjugate(left - right);
    }
}
