using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="RandomUniform"/>, with the same numbers in every call.</summary>
internal static class RandomUniformReference
{
    private const int Seed = 1;

    public static Tensor Run(RandomUniform uniform, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Floating(uniform.Type, new Work(uniform.Type, Tensors.Integers(inputs[0])));

    private sealed record Work(DataType Type, int[] Shape) : IFloatingWork<Tensor>
    {
        Tensor IFloatingWork<Tensor>.Run<T>() => Tensors.Fill<T>(Type, Shape, elements =>
        {
            Random random = new(Seed);
            foreach (ref T element in elements.AsSpan()) element = T.CreateTruncating(random.NextDouble());
        });
    }
}
