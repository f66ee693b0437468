using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference;

/// <summary>bfloat16 for executors of numbers: it only stores, so they get float32 and what they give is cast back.</summary>
internal static class Widening
{
    /// <summary>The outputs of an executor that does not take bfloat16.</summary>
    public static IReadOnlyList<Tensor> Run(Operation operation, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> run)
    {
        if (inputs.All(input => input.Type != DataType.BFloat16)) return run(inputs);
        IReadOnlyList<(DataType Type, Shape Shape)> outputs = Tensors.Infer(operation, inputs);
        IReadOnlyList<Tensor> results = run([.. inputs.Select(input => input.Type == DataType.BFloat16 ? Widen(input) : input)]);
        return [.. results.Zip(outputs, (result, output) => output.Type == DataType.BFloat16 && result.Type == DataType.Float32 ? Narrow(result) : result)];
    }

    private static Tensor Widen(Tensor tensor) => Tensors.Floats(tensor.Shape.Dimensions, elements => Cast.Run(tensor.Elements<BFloat16>(), elements.AsSpan()));

    private static Tensor Narrow(Tensor tensor) => Tensors.Fill<BFloat16>(
        DataType.BFloat16, tensor.Shape.Dimensions, elements => Cast.Run(tensor.Elements<float>(), elements.AsSpan()));
}
