using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Unique"/>.</summary>
internal static class UniqueReference
{
    public static IReadOnlyList<Tensor> Run(Unique unique, IReadOnlyList<Tensor> inputs)
    {
        Tensors.Infer(unique, inputs);
        Tensor x = inputs[0];
        int axis = Unique.Axis([.. inputs.Select(input => Value.Of("an operand", input))])!.Value;
        int[] which = ElementTypes.Any(x.Type, new Work(x, axis));
        List<int> first = [], counts = [];
        for (int i = 0; i < which.Length; i++)
        {
            if (which[i] == first.Count)
            {
                first.Add(i);
                counts.Add(0);
            }
            counts[which[i]]++;
        }
        Tensor slices = GatherReference.Run(new Gather(axis, 0), [x, Tensors.Vector(DataType.Int32, [.. first])]);
        return [slices, Tensors.Vector(unique.IndexType, which), Tensors.Vector(unique.IndexType, [.. counts])];
    }

    /// <summary>The number of each slice among the different ones.</summary>
    private sealed record Work(Tensor X, int Axis) : IElementWork<int[]>
    {
        public int[] Run<T>()
        {
            int inner = Inference.Product(X.Shape.Dimensions[(Axis + 1)..]), outer = Inference.Product(X.Shape.Dimensions[..Axis]);
            int length = X.Shape[Axis];
            T[] elements = (T[])X.Data;
            Dictionary<Slice<T>, int> seen = [];
            int[] which = new int[length];
            for (int i = 0; i < length; i++)
            {
                T[] slice = [.. Enumerable.Range(0, outer).SelectMany(row => elements.Skip((row * length + i) * inner).Take(inner))];
                Slice<T> key = new(slice);
                if (!seen.TryGetValue(key, out which[i])) seen.Add(key, which[i] = seen.Count);
            }
            return which;
        }
    }

    /// <summary>Slices are equal where their elements are; what is not a number equals nothing.</summary>
    private readonly record struct Slice<T>(T[] Elements)
    {
        public bool Equals(Slice<T> other) => Elements.Zip(other.Elements).All(pair => Same(pair.First, pair.Second));

        public override int GetHashCode() => Elements.Aggregate(0, (hash, element) => HashCode.Combine(hash, Hash(element)));

        private static bool Same(T left, T right) => left is byte[] text ? text.AsSpan().SequenceEqual((byte[])(object)right!)
            : left is not (float.NaN or double.NaN) && EqualityComparer<T>.Default.Equals(left, right);

        private static int Hash(T element) =>
            element is byte[] text ? Convert.ToHexString(text).GetHashCode(StringComparison.Ordinal) : element!.GetHashCode();
    }
}
