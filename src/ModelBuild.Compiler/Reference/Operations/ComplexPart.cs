using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="ComplexPart"/>.</summary>
internal static class ComplexPartReference
{
    public static Tensor Run(ComplexPart part, IReadOnlyList<Tensor> inputs)
    {
        double[] parts = [.. inputs[0].Elements<Complex>().ToArray().Select(number => part.Kind switch
        {
            ComplexPartKind.Real => number.Real,
            ComplexPartKind.Imaginary => number.Imaginary,
            ComplexPartKind.Magnitude => number.Magnitude,
            _ => number.Phase,
        })];
        return CastReference.Run(new Cast(Tensors.Infer(part, inputs)[0].Type), [new Tensor(DataType.Float64, inputs[0].Shape, parts)]);
    }
}
