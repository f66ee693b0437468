using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// What constant folding may still compute: a few bytes of a file can ask for any number of elements, so that memory and time are
/// bounded by the size of the file and a fixed amount.
/// </summary>
/// <param name="elements">Elements of all results together.</param>
/// <param name="work">Multiplications, or elements where there are none, of all results together.</param>
internal sealed class FoldingBudget(long elements, long work)
{
    // 16 million elements and a quarter of a billion multiplications take less than a second.
    private const long Elements = 1 << 24, Work = 1 << 28;

    // How often every weight of a file may be transposed, scaled and the like.
    private const int Times = 8;

    private long _elements = elements, _work = work;

    /// <summary>For passes over a graph, whose constants are no longer made out of nothing.</summary>
    public static FoldingBudget ForPasses() => new(Elements << 4, Work << 4);

    /// <summary>For the import of a file.</summary>
    /// <param name="bytes">Size of the graph.</param>
    public static FoldingBudget ForFile(long bytes) => new(Elements + Times * (bytes / sizeof(float)), Work + Times * bytes);

    /// <summary>Takes what a result costs; false where too little is left.</summary>
    public bool TryTake(Operation operation, IReadOnlyList<Value> inputs, IReadOnlyList<(DataType Type, Shape Shape)> outputs)
    {
        long made = outputs.Sum(output => output.Shape.IsStatic ? (long)Inference.Product(output.Shape.Dimensions) : 0);
        return TryTake(made, operation switch
        {
            MatMul or FullyConnected => made * inputs[0].Shape.ToArray().TakeLast(2).DefaultIfEmpty(1).Max(),
            Einsum einsum => einsum.Products(inputs),
            Convolution or DepthwiseConvolution or Convolution3D => made * (inputs[1].Shape.Count / Math.Max(inputs[1].Shape[-1], 1)),
            // Each element of these may look at all of an input.
            TransposedConvolution or TransposedConvolution3D or Pool or Pool3D or MaxPoolArgmax or LocalResponse or Resize or ImagePatches
                or Fourier or Spectrogram => made * Largest(inputs),
            NonMaxSuppression or CombinedNonMaxSuppression => Largest(inputs) * Largest(inputs),
            _ => made + inputs.Sum(input => (long)input.Shape.Count),
        });
    }

    private static long Largest(IReadOnlyList<Value> inputs) => inputs.Max(input => (long)input.Shape.Count);

    /// <summary>Takes elements that are made without work; false where too little is left.</summary>
    public bool TryTake(long made) => TryTake(made, made);

    private bool TryTake(long made, long cost)
    {
        if (made > _elements || cost > _work) return false;
        _elements -= made;
        _work -= cost;
        return true;
    }
}
