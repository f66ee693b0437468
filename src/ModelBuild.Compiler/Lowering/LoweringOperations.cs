using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Lowering.Operations;

namespace ModelBuild.Compiler.Lowering;

/// <summary>Which layers each operation becomes: in Lowering/Operations/NAME.cs, and here in one line.</summary>
internal static class LoweringOperations
{
    private delegate void Lowering(LoweringContext context, Node node);

    private static readonly Dictionary<Type, Lowering> Table = [];

    static LoweringOperations()
    {
        // Convolutions, pools.
        Add<Convolution>(ConvolutionLowering.Lower);
        Add<DepthwiseConvolution>(DepthwiseConvolutionLowering.Lower);
        Add<Pool>(PoolLowering.Lower);

        // Element by element.
        Add<Binary>(BinaryLowering.Lower);
        Add<Softmax>(SoftmaxLowering.Lower);
        Add<Unary>(UnaryLowering.Lower);

        // Matrix products, reductions.
        Add<FullyConnected>(FullyConnectedLowering.Lower);
        Add<Reduce>(ReduceLowering.Lower);

        // Moving values.
        Add<Concat>(ConcatLowering.Lower);
        Add<Reshape>(ReshapeLowering.Lower);
    }

    /// <summary>Operations that cannot be in generated code, and why.</summary>
    public static IReadOnlyDictionary<Type, string> NotCompiled { get; } = new Dictionary<Type, string>
    {
        [typeof(RandomUniform)] = "a predictor gives the same result for the same input",
    };

    /// <summary>The operations that can be lowered.</summary>
    public static IReadOnlyCollection<Type> Supported => Table.Keys;

    /// <summary>Adds the layers of a node.</summary>
    /// <exception cref="ModelBuildException">A kernel does not take these operands; the message names the node.</exception>
    public static void Lower(LoweringContext context, Node node)
    {
        try
        {
            Table[node.Operation.GetType()](context, node);
        }
        catch (ModelBuildException error) when (!error.Message.StartsWith("Node ", StringComparison.Ordinal))
        {
            throw new ModelBuildException(error.Code, $"Node {node.Name} ({node.Operation.GetType().Name}): {error.Message}", error.File, error);
        }
    }

    private static void Add<TOperation>(Action<LoweringContext, Node, TOperation> lower) where TOperation : Operation =>
        Table.Add(typeof(TOperation), (context, node) => lower(context, node, (TOperation)node.Operation));
}
