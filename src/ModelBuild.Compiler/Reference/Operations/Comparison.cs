using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using Comparison = ModelBuild.Compiler.Graph.Operations.Comparison;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Comparison"/> on numbers, truth values and strings.</summary>
internal static class ComparisonReference
{
    public static Tensor Run(Comparison comparison, IReadOnlyList<Tensor> inputs)
    {
        (Tensor a, Tensor b) = (inputs[0], inputs[1]);
        int[] shape = Tensors.OutputShape(comparison, inputs);
        if (ElementTypes.IsInteger(a.Type)) return ElementTypes.Integer(a.Type, new Numbers(comparison.Function, a, b, shape));
        if (ElementTypes.IsFloating(a.Type)) return ElementTypes.Floating(a.Type, new Numbers(comparison.Function, a, b, shape));
        bool isEqual = comparison.Function == ComparisonKind.Equal;
        return Tensors.Fill<bool>(DataType.Bool, shape, elements =>
        {
            if (a.Type == DataType.Bool)
                Kernels.Logical.Run(isEqual ? LogicalFunction.Equal : LogicalFunction.NotEqual, a.Elements<bool>(), a.Shape.Dimensions, b.Elements<bool>(), b.Shape.Dimensions, elements);
            else if (a.Type.IsComplex)
                Kernels.Binary.Run<Complex, bool, SameComplex>(a.Elements<Complex>(), a.Shape.Dimensions, b.Elements<Complex>(), b.Shape.Dimensions, elements);
            else
                Kernels.Binary.Run<byte[], bool, SameText>(a.Elements<byte[]>(), a.Shape.Dimensions, b.Elements<byte[]>(), b.Shape.Dimensions, elements);
            if (a.Type != DataType.Bool && !isEqual) Kernels.LogicalNot.Run(elements, elements);
        });
    }

    private sealed record Numbers(ComparisonKind Function, Tensor A, Tensor B, int[] Shape) : IIntegerWork<Tensor>, IFloatingWork<Tensor>
    {
        Tensor IIntegerWork<Tensor>.Run<T>() => Compare<T>();

        Tensor IFloatingWork<Tensor>.Run<T>() => Compare<T>();

        private Tensor Compare<T>() where T : IComparisonOperators<T, T, bool> => Tensors.Fill<bool>(DataType.Bool, Shape, elements => Kernels.Comparison.Run(
            Enum.Parse<ComparisonFunction>(Function.ToString()), A.Elements<T>(), A.Shape.Dimensions, B.Elements<T>(), B.Shape.Dimensions, elements));
    }

    private readonly struct SameComplex : IBinaryFunction<Complex, bool>
    {
        public static bool Apply(Complex left, Complex right) => left == right;
    }

    private readonly struct SameText : IBinaryFunction<byte[], bool>
    {
        public static bool Apply(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);
    }
}
