using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference;

/// <summary>Narrow floating-point types for executors that do not take them: they get float32, and what they give is cast back.</summary>
internal static class Widening
{
    /// <summary>The outputs of an executor.</summary>
    /// <param name="operation">What it executes.</param>
    /// <param name="inputs">The operation's inputs.</param>
    /// <param name="run">The executor.</param>
    /// <param name="types">What it does not take: bfloat16, which only stores, and where sums would lose too much half.</param>
    public static IReadOnlyList<Tensor> Run(
        Operation operation, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> run,
        params ReadOnlySpan<DataType> types)
    {
        Tensor[] widened = [.. inputs];
        foreach (ref Tensor input in widened.AsSpan())
            if (types.Contains(input.Type)) input = Widen(input);
        if (widened.AsSpan().SequenceEqual(inputs.ToArray())) return run(inputs);
        IReadOnlyList<(DataType Type, Shape Shape)> outputs = Tensors.Infer(operation, inputs);
        return [.. run(widened).Zip(outputs, (result, output) =>
            output.Type != result.Type && result.Type == DataType.Float32 ? Narrow(result, output.Type) : result)];
    }

    private static Tensor Widen(Tensor tensor) => Tensors.Floats(tensor.Shape.Dimensions, elements =>
    {
        if (tensor.Type == DataType.Float16) Cast.Run(tensor.Elements<Half>(), elements.AsSpan());
        else Cast.Run(tensor.Elements<BFloat16>(), elements.AsSpan());
    });

    private static Tensor Narrow(Tensor tensor, DataType type) => type == DataType.Float16
        ? Tensors.Fill<Half>(type, tensor.Shape.Dimensions, elements => Cast.Run(tensor.Elements<float>(), elements.AsSpan()))
        : Tensors.Fill<BFloat16>(type, tensor.Shape.Dimensions, elements => Cast.Run(tensor.Elements<float>(), elements.AsSpan()));
}
