using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference.Operations;

namespace ModelBuild.Compiler.Reference;

/// <summary>
/// How each operation is executed on tensors: by TensorFlow's definition, with the kernels' float path where one fits. An
/// executor stands in Reference/Operations/NAME.cs and here in one line.
/// </summary>
internal static class ReferenceOperations
{
    private delegate IReadOnlyList<Tensor> Executor(Operation operation, IReadOnlyList<Tensor> inputs);

    private static readonly Dictionary<Type, Executor> Table = [];

    static ReferenceOperations()
    {
        // Convolutions, pools, normalisation.
        AddSingle<BatchNorm>(BatchNormReference.Run);
        AddSingle<Convolution>(ConvolutionReference.Run);
        AddSingle<Convolution3D>(ConvolutionReference.Volume);
        AddSingle<DepthwiseConvolution>(DepthwiseConvolutionReference.Run);
        AddSingle<LocalResponse>(LocalResponseReference.Run);
        AddNumeric<MaxPoolArgmax>(MaxPoolArgmaxReference.Run);
        AddSingle<Pool>(PoolReference.Run);
        AddSingle<Pool3D>(PoolReference.Volume);
        AddSingle<TransposedConvolution>(TransposedConvolutionReference.Run);
        AddSingle<TransposedConvolution3D>(TransposedConvolutionReference.Volume);

        // Element by element.
        AddNumeric<Binary>(BinaryReference.Run);
        Add<Bitcast>(BitcastReference.Run);
        AddNumeric<Bucketize>(BucketizeReference.Run);
        Add<Cast>(CastReference.Run);
        AddNumeric<Classification>(ClassificationReference.Run);
        AddNumeric<Comparison>(ComparisonReference.Run);
        Add<ComplexPart>(ComplexPartReference.Run);
        Add<ConstantLike>(ConstantLikeReference.Run);
        AddNumeric<LeakyRelu>(LeakyReluReference.Run);
        Add<Logical>(LogicalReference.Run);
        Add<LogicalNot>(LogicalNotReference.Run);
        AddNumeric<LogSoftmax>(LogSoftmaxReference.Run);
        Add<MakeComplex>(MakeComplexReference.Run);
        Add<PopulationCount>(PopulationCountReference.Run);
        Add<Select>(SelectReference.Run);
        AddNumeric<Softmax>(SoftmaxReference.Run);
        AddNumeric<Unary>(UnaryReference.Run);
        Add<Where>(WhereReference.Run);

        // Matrix products, reductions, orders.
        Add<Bincount>(BincountReference.Run);
        AddNumeric<ArgReduce>(ArgReduceReference.Run);
        AddNumeric<Cumulative>(CumulativeReference.Run);
        AddNumeric<Einsum>(EinsumReference.Run);
        Add<FullyConnected>(FullyConnectedReference.Run);
        Add<InTopK>(InTopKReference.Run);
        AddNumeric<MatMul>(MatMulReference.Run);
        AddNumeric<Reduce>(ReduceReference.Run);
        AddNumeric<Segment>(SegmentReference.Run);
        AddNumeric<TopK>(TopKReference.Run);

        // Moving values.
        Add<BatchToSpace>(BatchToSpaceReference.Run);
        Add<BroadcastArgs>(BroadcastArgsReference.Run);
        Add<BroadcastGradientArgs>(BroadcastGradientArgsReference.Run);
        Add<BroadcastTo>(BroadcastToReference.Run);
        Add<Concat>(ConcatReference.Run);
        Add<DepthToSpace>(DepthToSpaceReference.Run);
        Add<DynamicPartition>(DynamicPartitionReference.Run);
        Add<DynamicStitch>(DynamicStitchReference.Run);
        Add<Fill>(FillReference.Run);
        Add<Gather>(GatherReference.Run);
        Add<GatherNd>(GatherNdReference.Run);
        AddNumeric<LinSpace>(LinSpaceReference.Run);
        Add<MatrixBandPart>(MatrixBandPartReference.Run);
        Add<MatrixDiag>(MatrixDiagReference.Run);
        Add<MatrixDiagPart>(MatrixDiagPartReference.Run);
        Add<MatrixSetDiag>(MatrixSetDiagReference.Run);
        Add<OneHot>(OneHotReference.Run);
        Add<Pack>(PackReference.Run);
        Add<Pad>(PadReference.Run);
        Add<RandomUniform>(RandomUniformReference.Run);
        AddNumeric<Graph.Operations.Range>(RangeReference.Run);
        Add<Reshape>(ReshapeReference.Run);
        Add<Reverse>(ReverseReference.Run);
        Add<ReverseSequence>(ReverseSequenceReference.Run);
        Add<Roll>(RollReference.Run);
        AddNumeric<ScatterNd>(ScatterNdReference.Run);
        Add<ShapeOf>(ShapeOfReference.Run);
        Add<Slice>(SliceReference.Run);
        Add<SpaceToBatch>(SpaceToBatchReference.Run);
        Add<SpaceToDepth>(SpaceToDepthReference.Run);
        Add<Split>(SplitReference.Run);
        Add<StridedSlice>(StridedSliceReference.Run);
        AddNumeric<TensorScatter>(TensorScatterReference.Run);
        Add<Tile>(TileReference.Run);
        Add<Transpose>(TransposeReference.Run);
        Add<Unique>(UniqueReference.Run);
        Add<Unpack>(UnpackReference.Run);

        // Images, detection, sound.
        AddSingle<AdjustColor>(AdjustColorReference.Run);
        Add<CombinedNonMaxSuppression>(CombinedNonMaxSuppressionReference.Run);
        AddNumeric<ConvertColor>(ConvertColorReference.Run);
        AddNumeric<CropAndResize>(CropAndResizeReference.Run);
        Add<DecodeImage>(DecodeImageReference.Run);
        Add<DecodeWav>(DecodeWavReference.Run);
        Add<Fourier>(FourierReference.Run);
        Add<ImagePatches>(ImagePatchesReference.Run);
        Add<Mfcc>(MfccReference.Run);
        AddSingle<NonMaxSuppression>(NonMaxSuppressionReference.Run);
        AddNumeric<Resize>(ResizeReference.Run);
        AddNumeric<ScaleAndTranslate>(ScaleAndTranslateReference.Run);
        Add<Spectrogram>(SpectrogramReference.Run);

        // Quantised numbers.
        Add<DequantizeTensor>(DequantizeTensorReference.Run);
        Add<FakeQuantize>(FakeQuantizeReference.Run);
        AddNumeric<QuantizeAndDequantize>(QuantizeAndDequantizeReference.Run);
        Add<QuantizeInRange>(QuantizeInRangeReference.Run);
        Add<QuantizeTensor>(QuantizeTensorReference.Run);
        Add<RequantizeTensor>(RequantizeTensorReference.Run);
        Add<SubtractZeroPoint>(SubtractZeroPointReference.Run);

        // Control flow, lists.
        Add<Case>(CaseReference.Run);
        Add<ListOperation>(ListOperationReference.Run);
        Add<While>(WhileReference.Run);
    }

    /// <summary>The operations that can be executed.</summary>
    public static IReadOnlyCollection<Type> Supported => Table.Keys;

    /// <summary>The outputs of an operation.</summary>
    /// <exception cref="ModelBuildException">The inputs' values do not fit: an index outside its axis, division of an integer by zero.</exception>
    public static IReadOnlyList<Tensor> Run(Operation operation, IReadOnlyList<Tensor> inputs)
    {
        try
        {
            return Table[operation.GetType()](operation, inputs);
        }
        catch (Exception error) when (error is ArgumentException or DivideByZeroException or OverflowException)
        {
            throw new ModelBuildException(DiagnosticCode.InvalidGraph, error.Message, null, error);
        }
    }

    private static void Add<TOperation>(Func<TOperation, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> run) where TOperation : Operation =>
        Table.Add(typeof(TOperation), (operation, inputs) => run((TOperation)operation, inputs));

    private static void Add<TOperation>(Func<TOperation, IReadOnlyList<Tensor>, Tensor> run) where TOperation : Operation =>
        Table.Add(typeof(TOperation), (operation, inputs) => [run((TOperation)operation, inputs)]);

    /// <summary>Adds an executor of numbers that does not know bfloat16.</summary>
    private static void AddNumeric<TOperation>(Func<TOperation, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> run) where TOperation : Operation =>
        Table.Add(typeof(TOperation), (operation, inputs) =>
            Widening.Run(operation, inputs, widened => run((TOperation)operation, widened), DataType.BFloat16));

    /// <summary>Adds an executor of numbers that does not know bfloat16.</summary>
    private static void AddNumeric<TOperation>(Func<TOperation, IReadOnlyList<Tensor>, Tensor> run) where TOperation : Operation =>
        AddNumeric<TOperation>((operation, inputs) => [run(operation, inputs)]);

    /// <summary>Adds an executor that has half and bfloat16 computed in float32, as its sums would lose too much in them.</summary>
    private static void AddSingle<TOperation>(Func<TOperation, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> run) where TOperation : Operation =>
        Table.Add(typeof(TOperation), (operation, inputs) =>
            Widening.Run(operation, inputs, widened => run((TOperation)operation, widened), DataType.BFloat16, DataType.Float16));

    /// <summary>Adds an executor that has half and bfloat16 computed in float32, as its sums would lose too much in them.</summary>
    private static void AddSingle<TOperation>(Func<TOperation, IReadOnlyList<Tensor>, Tensor> run) where TOperation : Operation =>
        AddSingle<TOperation>((operation, inputs) => [run(operation, inputs)]);
}
