namespace ModelBuild.Kernels.Tests.Tensors;

/// <summary>Seeded random shapes and values.</summary>
internal sealed class RandomTensors(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>An integer from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Next(int low, int high) => _random.Next(low, high + 1);

    public bool Coin() => _random.Next(2) == 0;

    public int[] Shape(int rank, int largest = 6) => Enumerable.Range(0, rank).Select(_ => Next(1, largest)).ToArray();

    /// <summary>The numbers 0..count-1 in random order.</summary>
    public int[] Permutation(int count)
    {
        int[] permutation = Enumerable.Range(0, count).ToArray();
        _random.Shuffle(permutation);
        return permutation;
    }

    public NaiveTensor<float> Floats(int[] shape, float low = -3, float high = 3) =>
        NaiveTensor<float>.Build(shape, _ => low + (high - low) * _random.NextSingle());

    public NaiveTensor<int> Integers(int[] shape, int low, int high) => NaiveTensor<int>.Build(shape, _ => Next(low, high));

    /// <summary>A shape that broadcasts to <paramref name="shape"/>: axes of one element here and there, leading axes left out.</summary>
    public int[] Broadcastable(int[] shape) =>
        shape.Skip(Coin() ? Next(0, shape.Length) : 0).Select(n => Next(0, 2) == 0 ? 1 : n).ToArray();
}
