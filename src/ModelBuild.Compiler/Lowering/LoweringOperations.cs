using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Lowering.Operations;

namespace ModelBuild.Compiler.Lowering;

/// <summary>Which layers each operation becomes: in Lowering/Operations/NAME.cs, and here in one line.</summary>
internal static class LoweringOperations
{
    private const string ComplexNumbers = "predictors know no complex numbers";
    private const string DataDependent = "how much it gives depends on the data";
    private const string ComputedShape = "it computes with shapes that depend on the data";
    private const string DecodedFiles = "files are decoded by the caller; with Inputs set to this node the predictor takes what was decoded";
    private const string SelectedBoxes =
        "how many boxes it selects depends on the data; it must pad to the most, as CombinedNonMaxSuppression does";

    private delegate void Lowering(LoweringContext context, Node node);

    private static readonly Dictionary<Type, Lowering> Table = [];

    static LoweringOperations()
    {
        // Convolutions, pools, normalisation.
        AddSingle<BatchNorm>(BatchNormLowering.Lower);
        AddSingle<Convolution>(ConvolutionLowering.Lower);
        AddSingle<Convolution3D>(Convolution3DLowering.Lower);
        AddSingle<DepthwiseConvolution>(DepthwiseConvolutionLowering.Lower);
        AddSingle<LocalResponse>(LocalResponseLowering.Lower);
        AddNumeric<MaxPoolArgmax>(MaxPoolArgmaxLowering.Lower);
        AddSingle<Pool>(PoolLowering.Lower);
        AddSingle<Pool3D>(Pool3DLowering.Lower);
        AddSingle<TransposedConvolution>(TransposedConvolutionLowering.Lower);
        AddSingle<TransposedConvolution3D>(TransposedConvolutionLowering.LowerVolume);

        // Element by element.
        AddNumeric<Binary>(BinaryLowering.Lower);
        Add<Bitcast>(BitcastLowering.Lower);
        AddNumeric<Bucketize>(BucketizeLowering.Lower);
        Add<Cast>(CastLowering.Lower);
        AddNumeric<Classification>(ClassificationLowering.Lower);
        AddNumeric<Comparison>(ComparisonLowering.Lower);
        Add<ConstantLike>(ConstantLikeLowering.Lower);
        AddNumeric<LeakyRelu>(LeakyReluLowering.Lower);
        Add<Logical>(LogicalLowering.Lower);
        Add<LogicalNot>(LogicalNotLowering.Lower);
        AddNumeric<LogSoftmax>(LogSoftmaxLowering.Lower);
        Add<PopulationCount>(PopulationCountLowering.Lower);
        Add<Select>(SelectLowering.Lower);
        AddNumeric<Softmax>(SoftmaxLowering.Lower);
        AddNumeric<Unary>(UnaryLowering.Lower);

        // Matrix products, reductions, orders.
        AddNumeric<ArgReduce>(ArgReduceLowering.Lower);
        Add<Bincount>(BincountLowering.Lower);
        AddNumeric<Cumulative>(CumulativeLowering.Lower);
        AddNumeric<Einsum>(EinsumLowering.Lower);
        AddSingle<FullyConnected>(FullyConnectedLowering.Lower);
        Add<InTopK>(InTopKLowering.Lower);
        AddNumeric<MatMul>(MatMulLowering.Lower);
        AddNumeric<Reduce>(ReduceLowering.Lower);
        AddNumeric<Segment>(SegmentLowering.Lower);
        AddNumeric<TopK>(TopKLowering.Lower);

        // Moving values.
        Add<BatchToSpace>(BatchToSpaceLowering.Lower);
        Add<BroadcastTo>(BroadcastToLowering.Lower);
        Add<Concat>(ConcatLowering.Lower);
        Add<DepthToSpace>(DepthToSpaceLowering.Lower);
        Add<DynamicStitch>(DynamicStitchLowering.Lower);
        Add<Fill>(FillLowering.Lower);
        Add<Gather>(GatherLowering.Lower);
        Add<GatherNd>(GatherNdLowering.Lower);
        AddNumeric<LinSpace>(LinSpaceLowering.Lower);
        Add<MatrixBandPart>(MatrixBandPartLowering.Lower);
        Add<MatrixDiag>(MatrixDiagLowering.Lower);
        Add<MatrixDiagPart>(MatrixDiagPartLowering.Lower);
        Add<MatrixSetDiag>(MatrixSetDiagLowering.Lower);
        Add<OneHot>(OneHotLowering.Lower);
        Add<Pack>(PackLowering.Lower);
        Add<Pad>(PadLowering.Lower);
        AddNumeric<Graph.Operations.Range>(RangeLowering.Lower);
        Add<Reshape>(ReshapeLowering.Lower);
        Add<Reverse>(ReverseLowering.Lower);
        Add<ReverseSequence>(ReverseSequenceLowering.Lower);
        Add<Roll>(RollLowering.Lower);
        AddNumeric<ScatterNd>(ScatterNdLowering.Lower);
        Add<Slice>(SliceLowering.Lower);
        Add<SpaceToBatch>(SpaceToBatchLowering.Lower);
        Add<SpaceToDepth>(SpaceToDepthLowering.Lower);
        Add<Split>(SplitLowering.Lower);
        Add<StridedSlice>(StridedSliceLowering.Lower);
        AddNumeric<TensorScatter>(TensorScatterLowering.Lower);
        Add<Tile>(TileLowering.Lower);
        Add<Transpose>(TransposeLowering.Lower);
        Add<Unpack>(UnpackLowering.Lower);

        // Images, detection, sound.
        AddSingle<AdjustColor>(AdjustColorLowering.Lower);
        Add<CombinedNonMaxSuppression>(CombinedNonMaxSuppressionLowering.Lower);
        AddNumeric<ConvertColor>(ConvertColorLowering.Lower);
        AddNumeric<CropAndResize>(CropAndResizeLowering.Lower);
        Add<ImagePatches>(ImagePatchesLowering.Lower);
        Add<Mfcc>(MfccLowering.Lower);
        AddSingle<NonMaxSuppression>(NonMaxSuppressionLowering.Lower);
        AddNumeric<Resize>(ResizeLowering.Lower);
        AddNumeric<ScaleAndTranslate>(ScaleAndTranslateLowering.Lower);
        Add<Spectrogram>(SpectrogramLowering.Lower);

        // Quantised numbers.
        Add<DequantizeTensor>(DequantizeTensorLowering.Lower);
        Add<FakeQuantize>(FakeQuantizeLowering.Lower);
        AddNumeric<QuantizeAndDequantize>(QuantizeAndDequantizeLowering.Lower);
        Add<QuantizeInRange>(QuantizeInRangeLowering.Lower);
        Add<QuantizeTensor>(QuantizeTensorLowering.Lower);
        Add<RequantizeTensor>(RequantizeTensorLowering.Lower);
        Add<SubtractZeroPoint>(SubtractZeroPointLowering.Lower);
    }

    /// <summary>Operations that cannot be in generated code, and why.</summary>
    private static readonly Dictionary<Type, string> NotCompiled = new()
    {
        [typeof(BroadcastArgs)] = ComputedShape,
        [typeof(BroadcastGradientArgs)] = ComputedShape,
        [typeof(Case)] = "which branch is taken depends on the data",
        [typeof(ComplexPart)] = ComplexNumbers,
        [typeof(DecodeImage)] = DecodedFiles,
        [typeof(DecodeWav)] = DecodedFiles,
        [typeof(DynamicPartition)] = DataDependent,
        [typeof(Fourier)] = ComplexNumbers,
        [typeof(ListOperation)] = "it is of a loop that cannot be written out",
        [typeof(MakeComplex)] = ComplexNumbers,
        [typeof(RandomUniform)] = "a predictor gives the same result for the same input",
        [typeof(ShapeOf)] = ComputedShape,
        [typeof(Unique)] = DataDependent,
        [typeof(Where)] = DataDependent,
        [typeof(While)] = "how many rounds it makes depends on the data, or they are too many to be written out",
    };

    /// <summary>The operations that cannot be in a predictor, and why.</summary>
    public static IEnumerable<(Type Operation, string Reason)> Refused =>
        NotCompiled.Select(entry => (entry.Key, entry.Value)).Append((typeof(NonMaxSuppression), SelectedBoxes));

    /// <summary>Why there are no layers for a node; null if there are, empty if nobody has written them.</summary>
    public static string? WhyNot(Node node)
    {
        bool isOpen = node.Operation is NonMaxSuppression { Pad: false } && !node.Outputs[0].Shape.IsStatic;
        if (isOpen) return SelectedBoxes;
        if (NotCompiled.TryGetValue(node.Operation.GetType(), out string? reason)) return reason;
        return Table.ContainsKey(node.Operation.GetType()) ? null : "";
    }

    /// <summary>Adds the layers of a node.</summary>
    /// <exception cref="ModelBuildException">A kernel does not take these operands; the message names the node.</exception>
    public static void Lower(LoweringContext context, Node node)
    {
        try
        {
            context.Enter(node);
            Table[node.Operation.GetType()](context, node);
        }
        catch (ModelBuildException error) when (!error.Message.StartsWith("Node ", StringComparison.Ordinal))
        {
            string message = $"Node {node.Name} ({node.Operation.GetType().Name}): {error.Message}";
            throw new ModelBuildException(error.Code, message, error.File, error);
        }
    }

    private static void Add<TOperation>(Action<LoweringContext, Node, TOperation> lower) where TOperation : Operation =>
        Table.Add(typeof(TOperation), (context, node) => lower(context, node, (TOperation)node.Operation));

    /// <summary>Adds an operation on numbers whose layers do not take bfloat16.</summary>
    private static void AddNumeric<TOperation>(Action<LoweringContext, Node, TOperation> lower) where TOperation : Operation =>
        AddWidened(lower, DataType.BFloat16);

    /// <summary>Adds an operation that has half and bfloat16 computed in float32, as its sums would lose too much in them.</summary>
    private static void AddSingle<TOperation>(Action<LoweringContext, Node, TOperation> lower) where TOperation : Operation =>
        AddWidened(lower, DataType.BFloat16, DataType.Float16);

    private static void AddWidened<TOperation>(Action<LoweringContext, Node, TOperation> lower, params DataType[] types)
        where TOperation : Operation =>
        Table.Add(typeof(TOperation), (context, node) =>
            WideningLowering.Lower(context, node, (_, wide) => lower(context, wide, (TOperation)wide.Operation), types));
}
