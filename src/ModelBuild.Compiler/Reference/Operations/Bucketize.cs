using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Bucketize"/>.</summary>
internal static class BucketizeReference
{
    public static Tensor Run(Bucketize bucketize, IReadOnlyList<Tensor> inputs)
    {
        Work work = new([.. bucketize.Boundaries], inputs[0]);
        return ElementTypes.IsInteger(inputs[0].Type) ? ElementTypes.Integer(inputs[0].Type, work) : ElementTypes.Floating(inputs[0].Type, work);
    }

    private sealed record Work(float[] Boundaries, Tensor X) : IIntegerWork<Tensor>, IFloatingWork<Tensor>
    {
        Tensor IIntegerWork<Tensor>.Run<T>() => Count<T>();

        Tensor IFloatingWork<Tensor>.Run<T>() => Count<T>();

        private Tensor Count<T>() where T : INumber<T> =>
            Tensors.Fill<int>(DataType.Int32, X.Shape.Dimensions, elements => Kernels.Bucketize.Run(X.Elements<T>(), Boundaries, elements));
    }
}
