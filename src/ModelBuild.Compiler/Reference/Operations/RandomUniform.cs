using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="RandomUniform"/>, with the same numbers in every call.</summary>
internal static class RandomUniformReference
{
    private const int Seed = 1;

    public static Tensor Run(RandomUniform uniform, IReadOnlyList<Tensor> inputs)
    {
        Random random = new(Seed);
        // As many bits as the mantissa has: more would be rounded, perhaps to 1, or 1 more than the number to 2.
        double steps = uniform.Type switch { DataType.Float64 => 1L << 52, DataType.Float32 => 1 << 23, DataType.Float16 => 1 << 10, _ => 1 << 7 };
        Tensor numbers = Tensors.Fill<double>(DataType.Float64, Tensors.Integers(inputs[0]), elements =>
        {
            foreach (ref double element in elements.AsSpan()) element = Math.Floor(random.NextDouble() * steps) / steps;
        });
        return CastReference.Run(new Cast(uniform.Type), [numbers]);
    }
}
