using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="ConstantLike"/>.</summary>
internal static class ConstantLikeReference
{
    public static Tensor Run(ConstantLike constant, IReadOnlyList<Tensor> inputs)
    {
        Tensor x = inputs[0];
        if (x.Type == DataType.String) return Tensors.Fill<byte[]>(x.Type, x.Shape.Dimensions, elements => elements.AsSpan().Fill([]));
        Tensor numbers = Tensors.Fill<int>(DataType.Int32, x.Shape.Dimensions, elements => elements.AsSpan().Fill(constant.Number));
        return CastReference.Run(new Cast(x.Type), [numbers]);
    }
}
