using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Cast = ModelBuild.Compiler.Graph.Operations.Cast;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="MakeComplex"/>.</summary>
internal static class MakeComplexReference
{
    public static Tensor Run(MakeComplex make, IReadOnlyList<Tensor> inputs)
    {
        (DataType type, Shape shape) = Tensors.Infer(make, inputs)[0];
        double[] real = Doubles(inputs[0]), imaginary = Doubles(inputs[1]);
        return Tensors.Fill<Complex>(type, shape.Dimensions, elements =>
            Kernels.Binary.Run<double, Complex, Pair>(real, inputs[0].Shape.Dimensions, imaginary, inputs[1].Shape.Dimensions, elements));
    }

    private static double[] Doubles(Tensor part) => (double[])CastReference.Run(new Cast(DataType.Float64), [part]).Data;

    private readonly struct Pair : IBinaryFunction<double, Complex>
    {
        public static Complex Apply(double left, double right) => new(left, right);
    }
}
