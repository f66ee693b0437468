using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="DynamicPartition"/>: a gather of each partition's slices.</summary>
internal static class DynamicPartitionReference
{
    public static IReadOnlyList<Tensor> Run(DynamicPartition partition, IReadOnlyList<Tensor> inputs)
    {
        Tensors.Infer(partition, inputs);
        Tensor x = inputs[0];
        int[] numbers = Tensors.Integers(inputs[1]);
        foreach (int number in numbers) Inference.Require(number >= 0 && number < partition.Count,
            $"there is no partition {number} of {partition.Count}.");
        Tensor slices = x.Reshape(Shape.Of([numbers.Length, .. x.Shape.Dimensions[inputs[1].Shape.Rank..]]));
        return [.. Enumerable.Range(0, partition.Count).Select(number => GatherReference.Run(new Gather(0, 0), [slices, Places(numbers, number)]))];
    }

    private static Tensor Places(int[] numbers, int number)
    {
        int[] places = [.. Enumerable.Range(0, numbers.Length).Where(i => numbers[i] == number)];
        return Tensors.Vector(DataType.Int32, places);
    }
}
