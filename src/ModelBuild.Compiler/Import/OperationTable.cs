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
        Add(PassingImport.One, "Identity", "StopGradient", "PreventGradient", "CheckNumerics", "CheckNumericsV2", "Snapshot", "Print");
        Add(PassingImport.Shaped, "EnsureShape", "PlaceholderWithDefault");
        Add(PassingImport.All, "IdentityN");
        Add(PassingImport.None, "NoOp", "Assert", "PrintV2", "ControlTrigger");

        // Convolutions, pools, normalisation.
        Add(BatchNormImport.Fused, "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3");
        Add(BatchNormImport.Unfused, "BatchNormWithGlobalNormalization");
        Add(BiasAddImport.Import, "BiasAdd", "BiasAddV1");
        Add(ConvolutionImport.Import, "Conv2D");
        Add(ConvolutionImport.Padded, "FusedPadConv2D");
        Add(ConvolutionImport.Resized, "FusedResizeAndPadConv2D");
        Add(ConvolutionImport.Volume, "Conv3D");
        Add(DepthwiseConvolutionImport.Import, "DepthwiseConv2dNative");
        Add(LocalResponseImport.Import, "LRN");
        Add(PoolImport.Average, "AvgPool");
        Add(PoolImport.AverageVolume, "AvgPool3D");
        Add(PoolImport.Max, "MaxPool");
        Add(PoolImport.MaxOfInputs, "MaxPoolV2");
        Add(PoolImport.MaxVolume, "MaxPool3D");
        Add(PoolImport.WithArgmax, "MaxPoolWithArgmax");
        Add(TransposedConvolutionImport.Depthwise, "DepthwiseConv2dNativeBackpropInput");
        Add(TransposedConvolutionImport.Import, "Conv2DBackpropInput");
        Add(TransposedConvolutionImport.Volume, "Conv3DBackpropInputV2");

        // Element by element.
        AddBinary(BinaryKind.Add, "Add", "AddV2");
        AddBinary(BinaryKind.Subtract, "Sub");
        AddBinary(BinaryKind.Multiply, "Mul");
        AddBinary(BinaryKind.Divide, "RealDiv", "Div");
        AddBinary(BinaryKind.DivideNoNan, "DivNoNan");
        AddBinary(BinaryKind.FloorDivide, "FloorDiv");
        AddBinary(BinaryKind.FloorModulo, "FloorMod");
        AddBinary(BinaryKind.TruncateDivide, "TruncateDiv");
        AddBinary(BinaryKind.TruncateModulo, "TruncateMod", "Mod");
        AddBinary(BinaryKind.Maximum, "Maximum");
        AddBinary(BinaryKind.Minimum, "Minimum");
        AddBinary(BinaryKind.Power, "Pow");
        AddBinary(BinaryKind.SquaredDifference, "SquaredDifference");
        AddBinary(BinaryKind.Atan2, "Atan2");
        AddBinary(BinaryKind.NextAfter, "NextAfter");
        AddBinary(BinaryKind.IncompleteGamma, "Igamma");
        AddBinary(BinaryKind.IncompleteGammaComplement, "Igammac");
        AddBinary(BinaryKind.Zeta, "Zeta");
        AddBinary(BinaryKind.Polygamma, "Polygamma");
        AddBinary(BinaryKind.BitwiseAnd, "BitwiseAnd");
        AddBinary(BinaryKind.BitwiseOr, "BitwiseOr");
        AddBinary(BinaryKind.BitwiseXor, "BitwiseXor");
        AddBinary(BinaryKind.ShiftLeft, "LeftShift");
        AddBinary(BinaryKind.ShiftRight, "RightShift");
        Add(AddNImport.Import, "AddN", "AccumulateNV2");
        Add(GuardedProductImport.MultiplyNoNan, "MulNoNan");
        Add(GuardedProductImport.Divide, "Xdivy");
        Add(GuardedProductImport.Log, "Xlogy");
        Add(GuardedProductImport.Log1p, "Xlog1py");
        Add(ClipByValueImport.Import, "ClipByValue");
        AddUnary(UnaryKind.Abs, "Abs");
        AddUnary(UnaryKind.Negate, "Neg");
        AddUnary(UnaryKind.Sign, "Sign");
        AddUnary(UnaryKind.Square, "Square");
        AddUnary(UnaryKind.Sqrt, "Sqrt");
        AddUnary(UnaryKind.Rsqrt, "Rsqrt");
        AddUnary(UnaryKind.Reciprocal, "Reciprocal", "Inv");
        AddUnary(UnaryKind.Round, "Round", "Rint");
        AddUnary(UnaryKind.Floor, "Floor");
        AddUnary(UnaryKind.Ceil, "Ceil");
        AddUnary(UnaryKind.Exp, "Exp");
        AddUnary(UnaryKind.Expm1, "Expm1");
        AddUnary(UnaryKind.Log, "Log");
        AddUnary(UnaryKind.Log1p, "Log1p");
        AddUnary(UnaryKind.Sin, "Sin");
        AddUnary(UnaryKind.Cos, "Cos");
        AddUnary(UnaryKind.Tan, "Tan");
        AddUnary(UnaryKind.Asin, "Asin");
        AddUnary(UnaryKind.Acos, "Acos");
        AddUnary(UnaryKind.Atan, "Atan");
        AddUnary(UnaryKind.Sinh, "Sinh");
        AddUnary(UnaryKind.Cosh, "Cosh");
        AddUnary(UnaryKind.Tanh, "Tanh");
        AddUnary(UnaryKind.Asinh, "Asinh");
        AddUnary(UnaryKind.Acosh, "Acosh");
        AddUnary(UnaryKind.Atanh, "Atanh");
        AddUnary(UnaryKind.Sigmoid, "Sigmoid");
        AddUnary(UnaryKind.Erf, "Erf");
        AddUnary(UnaryKind.Erfc, "Erfc");
        AddUnary(UnaryKind.ErfInverse, "Erfinv");
        AddUnary(UnaryKind.NormalQuantile, "Ndtri");
        AddUnary(UnaryKind.LogGamma, "Lgamma");
        AddUnary(UnaryKind.Digamma, "Digamma");
        AddUnary(UnaryKind.BesselI0e, "BesselI0e");
        AddUnary(UnaryKind.BesselI1e, "BesselI1e");
        AddUnary(UnaryKind.Softplus, "Softplus");
        AddUnary(UnaryKind.Softsign, "Softsign");
        AddUnary(UnaryKind.Relu, "Relu");
        AddUnary(UnaryKind.Relu6, "Relu6");
        AddUnary(UnaryKind.Elu, "Elu");
        AddUnary(UnaryKind.Selu, "Selu");
        AddUnary(UnaryKind.BitwiseNot, "Invert");
        AddUnary(UnaryKind.Conjugate, "Conj");
        Add(c => c.Add(new LeakyRelu(c.Attributes.Float("alpha", 0.2f)), c[0]), "LeakyRelu");
        Add(c => c.Add(new Softmax(), c[0]), "Softmax");
        Add(c => c.Add(new LogSoftmax(), c[0]), "LogSoftmax");
        Add(c => c.Add(new Classification(ClassificationKind.IsNan), c[0]), "IsNan");
        Add(c => c.Add(new Classification(ClassificationKind.IsInf), c[0]), "IsInf");
        Add(c => c.Add(new Classification(ClassificationKind.IsFinite), c[0]), "IsFinite");
        Add(ComparisonImport.Equal, "Equal");
        Add(ComparisonImport.NotEqual, "NotEqual");
        Add(ComparisonImport.Approximate, "ApproximateEqual");
        AddComparison(ComparisonKind.Less, "Less");
        AddComparison(ComparisonKind.LessEqual, "LessEqual");
        AddComparison(ComparisonKind.Greater, "Greater");
        AddComparison(ComparisonKind.GreaterEqual, "GreaterEqual");
        Add(c => c.Add(new Logical(LogicalKind.And), c[0], c[1]), "LogicalAnd");
        Add(c => c.Add(new Logical(LogicalKind.Or), c[0], c[1]), "LogicalOr");
        Add(c => c.Add(new LogicalNot(), c[0]), "LogicalNot");
        Add(c => c.Add(new Select(Rows: true), c[0], c[1], c[2]), "Select");
        Add(c => c.Add(new Select(Rows: false), c[0], c[1], c[2]), "SelectV2");
        Add(c => c.Add(new Where(), c[0]), "Where");
        Add(CastImport.Import, "Cast");
        Add(CastImport.Bits, "Bitcast");
        Add(ConstantLikeImport.Zeros, "ZerosLike");
        Add(ConstantLikeImport.Ones, "OnesLike");
        Add(c => c.Add(new Bucketize([.. c.Attributes.Floats("boundaries")]), c[0]), "Bucketize");
        Add(c => c.Add(new PopulationCount(), c[0]), "PopulationCount");
        Add(c => c.Add(new ComplexPart(ComplexPartKind.Real), c[0]), "Real");
        Add(c => c.Add(new ComplexPart(ComplexPartKind.Imaginary), c[0]), "Imag");
        Add(c => c.Add(new ComplexPart(ComplexPartKind.Magnitude), c[0]), "ComplexAbs");
        Add(c => c.Add(new ComplexPart(ComplexPartKind.Angle), c[0]), "Angle");
        Add(c => c.Add(new MakeComplex(), c[0], c[1]), "Complex");

        // Matrix products, reductions, orders.
        Add(MatMulImport.Import, "MatMul", "SparseMatMul");
        Add(MatMulImport.Batch, "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3");
        Add(EinsumImport.Import, "Einsum");
        AddReduce(ReduceKind.Mean, "Mean");
        AddReduce(ReduceKind.Sum, "Sum");
        AddReduce(ReduceKind.Product, "Prod");
        AddReduce(ReduceKind.Maximum, "Max");
        AddReduce(ReduceKind.Minimum, "Min");
        AddReduce(ReduceKind.EuclideanNorm, "EuclideanNorm");
        AddReduce(ReduceKind.All, "All");
        AddReduce(ReduceKind.Any, "Any");
        Add(ArgReduceImport.Greatest, "ArgMax");
        Add(ArgReduceImport.Least, "ArgMin");
        Add(TopKImport.Import, "TopK", "TopKV2");
        Add(InTopKImport.Import, "InTopK", "InTopKV2");
        Add(CumulativeImport.Of(CumulativeKind.Sum), "Cumsum");
        Add(CumulativeImport.Of(CumulativeKind.Product), "Cumprod");
        Add(CumulativeImport.Of(CumulativeKind.LogSumExp), "CumulativeLogsumexp");
        Add(BincountImport.Flat, "Bincount");
        Add(BincountImport.Dense, "DenseBincount");
        Add(CrossImport.Import, "Cross");
        Add(SegmentImport.Sorted(SegmentKind.Sum), "SegmentSum");
        Add(SegmentImport.Sorted(SegmentKind.Mean), "SegmentMean");
        Add(SegmentImport.Sorted(SegmentKind.Product), "SegmentProd");
        Add(SegmentImport.Sorted(SegmentKind.Maximum), "SegmentMax");
        Add(SegmentImport.Sorted(SegmentKind.Minimum), "SegmentMin");
        Add(SegmentImport.Unsorted(SegmentKind.Sum), "UnsortedSegmentSum");
        Add(SegmentImport.Unsorted(SegmentKind.Product), "UnsortedSegmentProd");
        Add(SegmentImport.Unsorted(SegmentKind.Maximum), "UnsortedSegmentMax");
        Add(SegmentImport.Unsorted(SegmentKind.Minimum), "UnsortedSegmentMin");
        Add(SegmentImport.Sparse(SegmentKind.Sum), "SparseSegmentSum", "SparseSegmentSumWithNumSegments");
        Add(SegmentImport.Sparse(SegmentKind.Mean), "SparseSegmentMean", "SparseSegmentMeanWithNumSegments");
        Add(SegmentImport.Sparse(SegmentKind.SumOverRoot), "SparseSegmentSqrtN", "SparseSegmentSqrtNWithNumSegments");

        // Moving values.
        Add(ConcatImport.Import, "ConcatV2");
        Add(ConcatImport.AxisFirst, "Concat");
        Add(ConcatImport.Rows, "ParallelConcat");
        Add(ConcatImport.Offsets, "ConcatOffset");
        Add(SplitImport.Equal, "Split");
        Add(SplitImport.Sizes, "SplitV");
        Add(SplitImport.Unpack, "Unpack");
        Add(PackImport.Import, "Pack");
        Add(PadImport.Import, "Pad", "PadV2");
        Add(PadImport.Mirror, "MirrorPad");
        Add(c => c.Add(new Reshape(), c[0], c[1]), "Reshape");
        Add(ReshapeImport.Squeeze, "Squeeze");
        Add(ReshapeImport.ExpandDims, "ExpandDims");
        Add(c => c.Add(new Transpose(), c[0], c[1]), "Transpose");
        Add(c => c.Add(new Tile(), c[0], c[1]), "Tile");
        Add(c => c.Add(new BroadcastTo(), c[0], c[1]), "BroadcastTo");
        Add(c => c.Add(new BroadcastArgs(), c[0], c[1]), "BroadcastArgs");
        Add(c => c.AddAll(new BroadcastGradientArgs(), c[0], c[1]), "BroadcastGradientArgs");
        Add(ReverseImport.Axes, "ReverseV2");
        Add(ReverseImport.Dimensions, "Reverse");
        Add(ReverseImport.Sequence, "ReverseSequence");
        Add(c => c.Add(new Roll(), c[0], c[1], c[2]), "Roll");
        Add(BlocksImport.SpaceToDepth, "SpaceToDepth");
        Add(BlocksImport.DepthToSpace, "DepthToSpace");
        Add(BlocksImport.SpaceToBatch, "SpaceToBatch", "SpaceToBatchND");
        Add(BlocksImport.BatchToSpace, "BatchToSpace", "BatchToSpaceND");
        Add(c => c.Add(new Slice(), c[0], c[1], c[2]), "Slice");
        Add(StridedSliceImport.Import, "StridedSlice");
        Add(GatherImport.Rows, "Gather");
        Add(GatherImport.Axis, "GatherV2");
        Add(GatherImport.Tuples, "GatherNd");
        Add(ScatterImport.IntoZeros, "ScatterNd");
        Add(ScatterImport.Of(ScatterKind.Replace), "TensorScatterUpdate");
        Add(ScatterImport.Of(ScatterKind.Add), "TensorScatterAdd", "ScatterNdNonAliasingAdd");
        Add(ScatterImport.Of(ScatterKind.Subtract), "TensorScatterSub");
        Add(ScatterImport.Of(ScatterKind.Maximum), "TensorScatterMax");
        Add(ScatterImport.Of(ScatterKind.Minimum), "TensorScatterMin");
        Add(ScatterImport.SparseToDense, "SparseToDense");
        Add(ScatterImport.InvertPermutation, "InvertPermutation");
        Add(c => c.Add(new DynamicStitch(), c.Inputs), "DynamicStitch", "ParallelDynamicStitch");
        Add(c => c.AddAll(new DynamicPartition(c.Attributes.Integer("num_partitions", 0)), c[0], c[1]), "DynamicPartition");
        Add(UniqueImport.Import, "Unique", "UniqueV2", "UniqueWithCounts", "UniqueWithCountsV2");
        Add(c => c.Add(new OneHot(c.Attributes.Integer("axis", -1)), c[0], c[1], c[2], c[3]), "OneHot");
        Add(c => c.Add(new MatrixBandPart(), c[0], c[1], c[2]), "MatrixBandPart", "BatchMatrixBandPart");
        Add(DiagonalsImport.Square, "MatrixDiag", "BatchMatrixDiag");
        Add(DiagonalsImport.Matrix, "MatrixDiagV2", "MatrixDiagV3");
        Add(DiagonalsImport.MainPart, "MatrixDiagPart", "BatchMatrixDiagPart");
        Add(DiagonalsImport.Part, "MatrixDiagPartV2", "MatrixDiagPartV3");
        Add(DiagonalsImport.MainSet, "MatrixSetDiag", "BatchMatrixSetDiag");
        Add(DiagonalsImport.Set, "MatrixSetDiagV2", "MatrixSetDiagV3");
        Add(DiagonalsImport.Array, "Diag");
        Add(DiagonalsImport.ArrayPart, "DiagPart");
        Add(ShapeImport.Shapes, "Shape", "ShapeN");
        Add(ShapeImport.Size, "Size");
        Add(ShapeImport.Rank, "Rank");
        Add(FillImport.Import, "Fill");
        Add(c => c.Add(new Graph.Operations.Range(), c[0], c[1], c[2]), "Range");
        Add(c => c.Add(new LinSpace(), c[0], c[1], c[2]), "LinSpace");
        Add(RandomUniformImport.Import, "RandomUniform");

        // Images, detection, sound.
        Add(AdjustColorImport.Contrast, "AdjustContrastv2");
        Add(AdjustColorImport.Hue, "AdjustHue");
        Add(AdjustColorImport.Saturation, "AdjustSaturation");
        Add(c => c.Add(new ConvertColor(true), c[0]), "RGBToHSV");
        Add(c => c.Add(new ConvertColor(false), c[0]), "HSVToRGB");
        Add(DecodeImageImport.Any, "DecodeImage");
        Add(DecodeImageImport.Bmp, "DecodeBmp");
        Add(DecodeImageImport.CroppedJpeg, "DecodeAndCropJpeg");
        Add(DecodeImageImport.Gif, "DecodeGif");
        Add(DecodeImageImport.Jpeg, "DecodeJpeg");
        Add(DecodeImageImport.Png, "DecodePng");
        Add(ImagePatchesImport.Import, "ExtractImagePatches");
        Add(NonMaxSuppressionImport.First, "NonMaxSuppression");
        Add(NonMaxSuppressionImport.Second, "NonMaxSuppressionV2");
        Add(NonMaxSuppressionImport.Third, "NonMaxSuppressionV3");
        Add(NonMaxSuppressionImport.Fourth, "NonMaxSuppressionV4");
        Add(NonMaxSuppressionImport.Fifth, "NonMaxSuppressionV5");
        Add(NonMaxSuppressionImport.WithOverlaps, "NonMaxSuppressionWithOverlaps");
        Add(NonMaxSuppressionImport.Combined, "CombinedNonMaxSuppression");
        Add(ResizeImport.Crop, "CropAndResize");
        Add(ResizeImport.Of(ResizeKind.Area), "ResizeArea");
        Add(ResizeImport.Of(ResizeKind.Bicubic), "ResizeBicubic");
        Add(ResizeImport.Of(ResizeKind.Bilinear), "ResizeBilinear");
        Add(ResizeImport.Of(ResizeKind.Nearest), "ResizeNearestNeighbor");
        Add(ResizeImport.ScaleAndTranslate, "ScaleAndTranslate");
        Add(SoundImport.Fourier(FourierKind.Forward, 1), "FFT");
        Add(SoundImport.Fourier(FourierKind.Forward, 2), "FFT2D");
        Add(SoundImport.Fourier(FourierKind.Forward, 3), "FFT3D");
        Add(SoundImport.Fourier(FourierKind.Inverse, 1), "IFFT");
        Add(SoundImport.Fourier(FourierKind.Inverse, 2), "IFFT2D");
        Add(SoundImport.Fourier(FourierKind.Inverse, 3), "IFFT3D");
        Add(SoundImport.Fourier(FourierKind.RealForward, 1), "RFFT");
        Add(SoundImport.Fourier(FourierKind.RealForward, 2), "RFFT2D");
        Add(SoundImport.Fourier(FourierKind.RealForward, 3), "RFFT3D");
        Add(SoundImport.Fourier(FourierKind.RealInverse, 1), "IRFFT");
        Add(SoundImport.Fourier(FourierKind.RealInverse, 2), "IRFFT2D");
        Add(SoundImport.Fourier(FourierKind.RealInverse, 3), "IRFFT3D");
        Add(SoundImport.Mfcc, "Mfcc");
        Add(SoundImport.Spectrogram, "AudioSpectrogram");
        Add(SoundImport.Wav, "DecodeWav");

        // Quantised numbers.
        Add(FakeQuantizeImport.Arguments, "FakeQuantWithMinMaxArgs");
        Add(FakeQuantizeImport.Variables, "FakeQuantWithMinMaxVars", "FakeQuantWithMinMaxVarsPerChannel");
        Add(QuantizeTensorImport.Quantize, "QuantizeV2");
        Add(QuantizeTensorImport.Dequantize, "Dequantize");
        Add(QuantizeAndDequantizeImport.Arguments, "QuantizeAndDequantize");
        Add(QuantizeAndDequantizeImport.Variables, "QuantizeAndDequantizeV2", "QuantizeAndDequantizeV4");
        Add(QuantizeAndDequantizeImport.VariableBits, "QuantizeAndDequantizeV3");
        Add(RequantizeImport.Import, "Requantize");
        Add(RequantizeImport.Range, "RequantizationRange");
        Add(RequantizeImport.Shrink, "QuantizeDownAndShrinkRange");
        Add(QuantizedProductImport.MatMul, "QuantizedMatMul");
        Add(QuantizedProductImport.Convolution, "QuantizedConv2D");
        Add(QuantizedProductImport.Multiply, "QuantizedMul");
        Add(QuantizedSumImport.Add, "QuantizedAdd");
        Add(QuantizedSumImport.BiasAdd, "QuantizedBiasAdd");
        Add(QuantizedActivationImport.Relu, "QuantizedRelu");
        Add(QuantizedActivationImport.Relu6, "QuantizedRelu6");
        Add(QuantizedActivationImport.ReluX, "QuantizedReluX");
        Add(QuantizedPoolImport.Max, "QuantizedMaxPool");
        Add(QuantizedPoolImport.Average, "QuantizedAvgPool");
        Add(QuantizedConcatImport.AxisFirst, "QuantizedConcat");
        Add(QuantizedConcatImport.AxisBetween, "QuantizedConcatV2");
        Add(c => [c.Add(new Reshape(), c[0], c[1]), c[2], c[3]], "QuantizedReshape");
        Add(QuantizedNormalizationImport.Batch, "QuantizedBatchNormWithGlobalNormalization");
        Add(QuantizedNormalizationImport.Instance, "QuantizedInstanceNorm");
        Add(QuantizedResizeImport.Import, "QuantizedResizeBilinear");

        // Control flow, lists.
        Add(CallImport.Partitioned, "PartitionedCall", "StatefulPartitionedCall");
        Add(IfImport.If, "If", "StatelessIf");
        Add(IfImport.Case, "Case", "StatelessCase");
        Add(WhileImport.Import, "While", "StatelessWhile");
        Add(c => c[0], "LoopCond", "RefIdentity");
        Add(_ => Scope.Never, "FakeParam");
        Add(TensorArrayImport.Create, "TensorArrayV3");
        Add(TensorArrayImport.Write, "TensorArrayWriteV3");
        Add(TensorArrayImport.Read, "TensorArrayReadV3");
        Add(TensorArrayImport.Gather, "TensorArrayGatherV3");
        Add(TensorArrayImport.Scatter, "TensorArrayScatterV3");
        Add(TensorArrayImport.Concat, "TensorArrayConcatV3");
        Add(TensorArrayImport.Split, "TensorArraySplitV3");
        Add(TensorArrayImport.Size, "TensorArraySizeV3");
        Add(TensorListImport.Reserve, "TensorListReserve");
        Add(TensorListImport.Empty, "EmptyTensorList");
        Add(TensorListImport.FromTensor, "TensorListFromTensor");
        Add(TensorListImport.Split, "TensorListSplit");
        Add(TensorListImport.Scatter, "TensorListScatter", "TensorListScatterV2");
        Add(TensorListImport.ScatterInto, "TensorListScatterIntoExistingList");
        Add(TensorListImport.Get, "TensorListGetItem");
        Add(TensorListImport.Set, "TensorListSetItem");
        Add(TensorListImport.Stack, "TensorListStack");
        Add(TensorListImport.Gather, "TensorListGather");
        Add(TensorListImport.Concat, "TensorListConcat", "TensorListConcatV2");
        Add(TensorListImport.Length, "TensorListLength");
        Add(TensorListImport.Resize, "TensorListResize");
        Add(TensorListImport.PushBack, "TensorListPushBack");
        Add(TensorListImport.PopBack, "TensorListPopBack");
        Add(TensorListImport.Append, "TensorListConcatLists");
        Add(OptionalImport.None, "OptionalNone");
        Add(OptionalImport.FromValue, "OptionalFromValue");
        Add(OptionalImport.HasValue, "OptionalHasValue");
        Add(OptionalImport.GetValue, "OptionalGetValue");
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

    private static void AddComparison(ComparisonKind function, string operation) =>
        Add(context => context.Add(new Comparison(function), context[0], context[1]), operation);

    private static void AddReduce(ReduceKind kind, params ReadOnlySpan<string> operations) => Add(
        context => context.Add(new Reduce(kind, context.Attributes.Boolean("keep_dims", context.Attributes.Boolean("keepdims", false))), context[0], context[1]),
        operations);
}
