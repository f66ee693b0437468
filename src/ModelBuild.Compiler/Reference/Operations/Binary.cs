using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Binary = ModelBuild.Compiler.Graph.Operations.Binary;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Binary"/> on numbers of any type.</summary>
internal static class BinaryReference
{
    public static Tensor Run(Binary binary, IReadOnlyList<Tensor> inputs)
    {
        (Tensor a, Tensor b) = (inputs[0], inputs[1]);
        int[] shape = Tensors.OutputShape(binary, inputs);
        if (a.Type.IsComplex) return ComplexNumbers.Run(binary.Function, a, b, shape);
        BinaryFunction function = Enum.Parse<BinaryFunction>(binary.Function.ToString());
        Tensor result = ElementTypes.IsInteger(a.Type)
            ? ElementTypes.Integer(a.Type, new Integer(function, a, b, shape))
            : ElementTypes.Floating(a.Type, new Floating(function, a, b, shape));
        if (binary.Clamp.IsActive)
        {
            float[] elements = (float[])result.Data;
            ClampFloat.Run(elements, elements, binary.Clamp.Minimum, binary.Clamp.Maximum);
        }
        return result;
    }

    private sealed record Integer(BinaryFunction Function, Tensor A, Tensor B, int[] Shape) : IIntegerWork<Tensor>
    {
        Tensor IIntegerWork<Tensor>.Run<T>() => Tensors.Fill<T>(A.Type, Shape, elements =>
            BinaryInteger.Run(Function, A.Elements<T>(), A.Shape.Dimensions, B.Elements<T>(), B.Shape.Dimensions, elements));
    }

    private sealed record Floating(BinaryFunction Function, Tensor A, Tensor B, int[] Shape) : IFloatingWork<Tensor>
    {
        Tensor IFloatingWork<Tensor>.Run<T>() => Tensors.Fill<T>(A.Type, Shape, elements =>
            BinaryFloating.Run(Function, A.Elements<T>(), A.Shape.Dimensions, B.Elements<T>(), B.Shape.Dimensions, elements));
    }
}
