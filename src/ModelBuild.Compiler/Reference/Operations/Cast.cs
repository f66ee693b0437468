using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Cast"/>; a real number of a complex one is its real part.</summary>
internal static class CastReference
{
    public static Tensor Run(Cast cast, IReadOnlyList<Tensor> inputs)
    {
        Tensor x = inputs[0];
        if (x.Type == cast.To) return x;
        if (x.Type.IsComplex && !cast.To.IsComplex)
        {
            double[] real = [.. x.Elements<Complex>().ToArray().Select(number => number.Real)];
            return Run(cast, [new Tensor(DataType.Float64, x.Shape, real)]);
        }
        if (!cast.To.IsComplex) return ElementTypes.Any(x.Type, new From(x, cast.To));
        Complex[] numbers = x.Type.IsComplex ? x.Elements<Complex>().ToArray()
            : [.. Run(new Cast(DataType.Float64), inputs).Elements<double>().ToArray().Select(number => new Complex(number, 0))];
        return ComplexNumbers.Rounded(cast.To, x.Shape, numbers);
    }

    private sealed record From(Tensor X, DataType Type) : IElementWork<Tensor>
    {
        Tensor IElementWork<Tensor>.Run<T>() => ElementTypes.Any(Type, new To<T>(X, Type));
    }

    private sealed record To<TFrom>(Tensor X, DataType Type) : IElementWork<Tensor>
    {
        Tensor IElementWork<Tensor>.Run<T>() => Tensors.Fill<T>(Type, X.Shape.Dimensions, elements => Kernels.Cast.Run<TFrom, T>(X.Elements<TFrom>(), elements));
    }
}
