using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="TensorScatter"/>.</summary>
internal static class TensorScatterReference
{
    public static Tensor Run(TensorScatter scatter, IReadOnlyList<Tensor> inputs)
    {
        Tensors.Infer(scatter, inputs);
        (Tensor x, Tensor indices, Tensor updates) = (inputs[0], inputs[1], inputs[2]);
        if (scatter.Kind == ScatterKind.Replace) return ElementTypes.Any(x.Type, new Replace(x, indices, updates));
        return ElementTypes.Real(x.Type, new Combine(Enum.Parse<BinaryFunction>(scatter.Kind.ToString()), x, indices, updates));
    }

    private sealed record Replace(Tensor X, Tensor Indices, Tensor Updates) : IElementWork<Tensor>
    {
        public Tensor Run<T>() => Tensors.Fill<T>(X.Type, X.Shape.Dimensions, elements => TensorScatterUpdate.Run<T, int>(
            X.Elements<T>(), X.Shape.Dimensions, Tensors.Integers(Indices), Indices.Shape[-1], Updates.Elements<T>(), elements));
    }

    private sealed record Combine(BinaryFunction Function, Tensor X, Tensor Indices, Tensor Updates) : IRealWork<Tensor>
    {
        Tensor IRealWork<Tensor>.Run<T>() => Tensors.Fill<T>(X.Type, X.Shape.Dimensions, elements => TensorScatterApply.Run<T, int>(
            Function, X.Elements<T>(), X.Shape.Dimensions, Tensors.Integers(Indices), Indices.Shape[-1], Updates.Elements<T>(), elements));
    }
}
