using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using RequantizeTensor = ModelBuild.Compiler.Graph.Operations.RequantizeTensor;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="RequantizeTensor"/>.</summary>
internal static class RequantizeTensorReference
{
    public static Tensor Run(RequantizeTensor requantize, IReadOnlyList<Tensor> inputs) => ElementTypes.Integer(inputs[0].Type, new From(requantize.Type, inputs));

    private static (float, float) Range(IReadOnlyList<Tensor> inputs, int index) => (inputs[index].Elements<float>()[0], inputs[index + 1].Elements<float>()[0]);

    private sealed record From(DataType Type, IReadOnlyList<Tensor> Inputs) : IIntegerWork<Tensor>
    {
        Tensor IIntegerWork<Tensor>.Run<T>() => ElementTypes.Integer(Type, new To<T>(Type, Inputs));
    }

    private sealed record To<TFrom>(DataType Type, IReadOnlyList<Tensor> Inputs) : IIntegerWork<Tensor>
        where TFrom : unmanaged, IBinaryInteger<TFrom>, IMinMaxValue<TFrom>
    {
        Tensor IIntegerWork<Tensor>.Run<T>() => Tensors.Fill<T>(Type, Inputs[0].Shape.Dimensions, elements =>
            Kernels.RequantizeTensor.Run<TFrom, T>(Inputs[0].Elements<TFrom>(), Range(Inputs, 1), Range(Inputs, 3), elements));
    }
}
