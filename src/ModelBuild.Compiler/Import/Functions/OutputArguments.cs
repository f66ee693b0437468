using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Functions;

/// <summary>
/// Names of the outputs of TensorFlow's operations (ops.pbtxt), by which the nodes of a function read each other. Operations
/// with one output are left out, whatever its name.
/// </summary>
internal static class OutputArguments
{
    // "name*attribute" is a list as long as the attribute says.
    private static readonly Dictionary<string, string[]> Table = new(StringComparer.Ordinal);

    static OutputArguments()
    {
        // Lists alone; they matter where a whole one is read.
        Add("output*num_split", "Split", "SplitV");
        Add("output*num", "Unpack");
        Add("output*N", "ShapeN", "ConcatOffset", "RefIdentityN");
        Add("output*T", "IdentityN", "While", "StatelessWhile");
        Add("output*Tout", "If", "StatelessIf", "Case", "StatelessCase", "PartitionedCall", "StatefulPartitionedCall");
        Add("outputs*num_outs", "_SwitchN");
        Add("components*output_types", "OptionalGetValue");

        // Control flow, lists.
        Add("output_false output_true", "Switch", "RefSwitch");
        Add("output value_index", "Merge", "RefMerge");
        Add("handle flow", "TensorArrayV3");
        Add("value lengths", "TensorArrayConcatV2", "TensorArrayConcatV3");
        Add("output_handle tensor", "TensorListPopBack");
        Add("tensor lengths", "TensorListConcat", "TensorListConcatV2");

        // Normalisation, recurrent blocks.
        Add("y batch_mean batch_variance reserve_space_1 reserve_space_2", "FusedBatchNorm", "FusedBatchNormV2");
        Add("y batch_mean batch_variance reserve_space_1 reserve_space_2 reserve_space_3", "FusedBatchNormV3", "_FusedBatchNormEx");
        Add("i cs f o ci co h", "LSTMBlockCell", "BlockLSTM", "BlockLSTMV2");
        Add("r u c h", "GRUBlockCell");

        // Orders, pools, matrices.
        Add("values indices", "TopK", "TopKV2");
        Add("output argmax", "MaxPoolWithArgmax");
        Add("output row_pooling_sequence col_pooling_sequence", "FractionalMaxPool", "FractionalAvgPool");
        Add("y idx", "Unique", "UniqueV2");
        Add("y idx count", "UniqueWithCounts", "UniqueWithCountsV2");
        Add("out idx", "ListDiff");
        Add("r0 r1", "BroadcastGradientArgs");
        Add("sign log_abs_determinant", "LogMatrixDeterminant");
        Add("e v", "SelfAdjointEigV2", "Eig");
        Add("q r", "Qr");
        Add("s u v", "Svd");
        Add("lu p", "Lu");
        Add("loss backprop", "SoftmaxCrossEntropyWithLogits", "SparseSoftmaxCrossEntropyWithLogits");

        // Images, detection, sound.
        Add("selected_indices valid_outputs", "NonMaxSuppressionV4");
        Add("selected_indices selected_scores valid_outputs", "NonMaxSuppressionV5");
        Add("nmsed_boxes nmsed_scores nmsed_classes valid_detections", "CombinedNonMaxSuppression");
        Add("begin size bboxes", "SampleDistortedBoundingBox", "SampleDistortedBoundingBoxV2");
        Add("audio sample_rate", "DecodeWav");
        Add("decoded_indices decoded_values decoded_shape log_probability", "CTCGreedyDecoder");
        Add("decoded_indices*top_paths decoded_values*top_paths decoded_shape*top_paths log_probability", "CTCBeamSearchDecoder");

        // Quantised numbers.
        Add("output output_min output_max", "QuantizeV2", "Requantize", "QuantizeDownAndShrinkRange", "QuantizedConcat", "QuantizedReshape",
            "RequantizePerChannel");
        Add("output min_output max_output", "QuantizedConv2D", "QuantizedMaxPool", "QuantizedAvgPool", "QuantizedDepthwiseConv2D");
        Add("output_min output_max", "RequantizationRange", "RequantizationRangePerChannel");
        Add("output min_out max_out", "QuantizedBiasAdd");
        Add("out min_out max_out", "QuantizedMatMul");
        Add("z min_z max_z", "QuantizedAdd", "QuantizedMul");
        Add("activations min_activations max_activations", "QuantizedRelu", "QuantizedRelu6", "QuantizedReluX");
        Add("y y_min y_max", "QuantizedInstanceNorm");
        Add("result result_min result_max", "QuantizedBatchNormWithGlobalNormalization");
        Add("resized_images out_min out_max", "QuantizedResizeBilinear");
    }

    /// <summary>Where a named output of a node begins among all of them, and how many it is.</summary>
    public static (int First, int Count) Find(NodeDef node, string name)
    {
        int first = 0;
        foreach (string entry in Table.GetValueOrDefault(node.Op, []))
        {
            int star = entry.IndexOf('*', StringComparison.Ordinal);
            int count = star < 0 ? 1 : ListLength(node.Attr, entry[(star + 1)..]);
            if (entry.AsSpan(0, star < 0 ? entry.Length : star).SequenceEqual(name)) return (first, count);
            first += count;
        }
        return (0, 1);
    }

    /// <summary>Length of a list of tensors: the number in an attribute, or that of the types in it.</summary>
    public static int ListLength(IEnumerable<KeyValuePair<string, AttrValue>> attributes, string attribute)
    {
        AttrValue? value = attributes.FirstOrDefault(entry => entry.Key == attribute).Value;
        long length = value?.ValueCase switch
        {
            AttrValue.ValueOneofCase.I => value.I,
            AttrValue.ValueOneofCase.List => value.List.Type.Count,
            _ => 0,
        };
        if (length is < 0 or > MostInList) throw GraphIndex.Invalid($"The attribute {attribute} gives a list of {length} tensors.");
        return (int)length;
    }

    // No operation of inference has more outputs or arguments.
    private const int MostInList = 1 << 16;

    private static void Add(string names, params ReadOnlySpan<string> operations)
    {
        foreach (string operation in operations) Table.Add(operation, names.Split(' '));
    }
}
