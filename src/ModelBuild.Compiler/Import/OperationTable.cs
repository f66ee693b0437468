using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Operations;

namespace ModelBuild.Compiler.Import;

/// <summary>Imports a node: adds operations to the graph and gives the values of the node's outputs.</summary>
internal delegate IReadOnlyList<Value> ImportOperation(ImportContext context);

/// <summary>Which import each TensorFlow operation has; one line an operation, the code in Import/Operations/NAME.cs.</summary>
internal static class OperationTable
{
    private static readonly Dictionary<string, ImportOperation> Table = new(StringComparer.Ordinal);

    static OperationTable()
    {
        // What passes its input on.
        Add(c => c[0], "Identity", "StopGradient", "PreventGradient", "CheckNumerics", "Snapshot", "EnsureShape", "PlaceholderWithDefault");

        // Convolutions, pools, normalisation.
        Add(BatchNormImport.Fused, "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3");
        Add(BatchNormImport.Unfused, "BatchNormWithGlobalNormalization");
        Add(BiasAddImport.Import, "BiasAdd", "BiasAddV1");
        Add(ConvolutionImport.Import, "Conv2D");
        Add(DepthwiseConvolutionImport.Import, "DepthwiseConv2dNative");
        Add(PoolImport.Max, "MaxPool");
        Add(PoolImport.Average, "AvgPool");

        // Element by element.
        AddBinary(BinaryKind.Add, "Add", "AddV2");
        AddBinary(BinaryKind.Subtract, "Sub");
        AddBinary(BinaryKind.Multiply, "Mul");
        AddBinary(BinaryKind.Divide, "RealDiv", "Div");
        AddBinary(BinaryKind.Maximum, "Maximum");
        AddBinary(BinaryKind.Minimum, "Minimum");
        AddBinary(BinaryKind.SquaredDifference, "SquaredDifference");
        AddUnary(UnaryKind.Relu, "Relu");
        AddUnary(UnaryKind.Relu6, "Relu6");
        AddUnary(UnaryKind.Sigmoid, "Sigmoid");
        AddUnary(UnaryKind.Tanh, "Tanh");
        AddUnary(UnaryKind.Rsqrt, "Rsqrt");
        AddUnary(UnaryKind.Sqrt, "Sqrt");
        AddUnary(UnaryKind.Floor, "Floor");
        Add(SoftmaxImport.Import, "Softmax");

        // Matrix products, reductions, orders.
        Add(MatMulImport.Import, "MatMul");
        Add(MatMulImport.Batch, "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3");
        AddReduce(ReduceKind.Mean, "Mean");
        AddReduce(ReduceKind.Sum, "Sum");
        AddReduce(ReduceKind.Maximum, "Max");

        // Moving values.
        Add(ConcatImport.Import, "ConcatV2");
        Add(PadImport.Import, "Pad", "PadV2");
        Add(c => c.Add(new Reshape(), c[0], c[1]), "Reshape");
        Add(ReshapeImport.Squeeze, "Squeeze");
        Add(ReshapeImport.ExpandDims, "ExpandDims");
        Add(ShapeImport.Import, "Shape");
        Add(StridedSliceImport.Import, "StridedSlice");
        Add(PackImport.Import, "Pack");
        Add(c => c.Add(new Transpose(), c[0], c[1]), "Transpose");
        Add(RandomUniformImport.Import, "RandomUniform");

        // Images, detection, sound.

        // Quantised numbers.

        // Control flow, lists.
    }

    /// <summary>The TensorFlow operations that can be imported.</summary>
    public static IReadOnlyCollection<string> Supported => Table.Keys;

    /// <summary>The import of a TensorFlow operation, or null.</summary>
    public static ImportOperation? Find(string operation) => Table.GetValueOrDefault(operation);

    private static void Add(ImportOperation import, params ReadOnlySpan<string> operations)
    {
        foreach (string operation in operations) Table.Add(operation, import);
    }

    private static void Add(Func<ImportContext, Value> import, params ReadOnlySpan<string> operations) =>
        Add((ImportOperation)(context => [import(context)]), operations);

    private static void AddBinary(BinaryKind function, params ReadOnlySpan<string> operations) =>
        Add(context => context.Add(new Binary(function), context[0], context[1]), operations);

    private static void AddUnary(UnaryKind function, params ReadOnlySpan<string> operations) =>
        Add(context => context.Add(new Unary(function), context[0]), operations);

    private static void AddReduce(ReduceKind kind, params ReadOnlySpan<string> operations) => Add(
        context => context.Add(new Reduce(kind, context.Attributes.Boolean("keep_dims", context.Attributes.Boolean("keepdims", false))), context[0], context[1]),
        operations);
}
