using System.Text.Json;
using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Writes a call of a layer: adds nodes to the graph and gives the layer's outputs.</summary>
internal delegate IReadOnlyList<KerasTensor> LayerEmitter(LayerContext context);

/// <summary>Which code writes each Keras layer; one line a layer, the code in Import/Formats/Keras/Layers/NAME.cs.</summary>
internal static class LayerTable
{
    private const int MostListed = 10;

    // Layers whose results have the mask of their input: the steps of a sequence are left as they are.
    private static readonly HashSet<string> KeepsMask = new(StringComparer.Ordinal)
    {
        "Dropout", "SpatialDropout1D", "GaussianDropout", "GaussianNoise", "AlphaDropout", "Identity", "ActivityRegularization",
        "Activation", "ReLU", "LeakyReLU", "PReLU",
        "ELU", "ThresholdedReLU", "Softmax", "Dense", "BatchNormalization", "LayerNormalization", "RMSNormalization", "GroupNormalization",
        "UnitNormalization",
        "TimeDistributed", "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate",
    };

    private static readonly Dictionary<string, LayerEmitter> Table = new(StringComparer.Ordinal);

    static LayerTable()
    {
        // What does nothing at inference.
        Add(c => c[0], "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout", "GaussianNoise",
            "AlphaDropout", "Identity",
            "ActivityRegularization", "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast",
            "RandomBrightness", "RandomHue",
            "RandomSaturation", "RandomErasing", "RandomGrayscale", "RandomInvert", "RandomPosterization", "RandomShear", "RandomSharpness",
            "RandomColorJitter",
            "RandomGaussianBlur", "RandomPerspective", "RandomElasticTransform", "RandomColorDegeneration", "RandAugment", "AugMix",
            "CutMix", "MixUp");

        // Products and convolutions.
        Add(DenseLayer.Write, "Dense");
        Add(DenseLayer.Einsum, "EinsumDense");
        Add(ConvolutionLayer.Write, "Conv1D", "Conv2D", "Conv3D", "Convolution1D", "Convolution2D", "Convolution3D");
        Add(ConvolutionTransposeLayer.Write, "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose", "Convolution2DTranspose",
            "Convolution3DTranspose");
        Add(DepthwiseLayer.Write, "DepthwiseConv1D", "DepthwiseConv2D");
        Add(DepthwiseLayer.Separable, "SeparableConv1D", "SeparableConv2D", "SeparableConvolution1D", "SeparableConvolution2D");

        // Normalisation.
        Add(NormalizationLayers.Batch, "BatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2", "SyncBatchNormalization");
        Add(NormalizationLayers.Layer, "LayerNormalization");
        Add(NormalizationLayers.Rms, "RMSNormalization");
        Add(NormalizationLayers.Group, "GroupNormalization");
        Add(NormalizationLayers.Unit, "UnitNormalization");
        Add(NormalizationLayers.Features, "Normalization");
        Add(NormalizationLayers.Rescaling, "Rescaling");

        // Activations.
        Add(ActivationLayers.Named, "Activation");
        Add(ActivationLayers.Relu, "ReLU");
        Add(ActivationLayers.LeakyRelu, "LeakyReLU");
        Add(ActivationLayers.PRelu, "PReLU");
        Add(ActivationLayers.Elu, "ELU");
        Add(ActivationLayers.ThresholdedRelu, "ThresholdedReLU");
        Add(ActivationLayers.Softmax, "Softmax");

        // Pools and images.
        Add(PoolLayers.Max, "MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "MaxPool1D", "MaxPool2D", "MaxPool3D");
        Add(PoolLayers.Average, "AveragePooling1D", "AveragePooling2D", "AveragePooling3D", "AvgPool1D", "AvgPool2D", "AvgPool3D");
        Add(PoolLayers.GlobalMax, "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPooling3D", "GlobalMaxPool1D", "GlobalMaxPool2D",
            "GlobalMaxPool3D");
        Add(PoolLayers.GlobalAverage, "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D", "GlobalAvgPool1D",
            "GlobalAvgPool2D", "GlobalAvgPool3D");
        Add(ImageLayers.ZeroPadding, "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D");
        Add(ImageLayers.Cropping, "Cropping1D", "Cropping2D", "Cropping3D");
        Add(ImageLayers.UpSampling, "UpSampling1D", "UpSampling2D", "UpSampling3D");
        Add(ImageLayers.Resizing, "Resizing");
        Add(ImageLayers.CenterCrop, "CenterCrop", "RandomCrop");

        // Shapes.
        Add(ShapeLayers.Flatten, "Flatten");
        Add(ShapeLayers.Reshape, "Reshape");
        Add(ShapeLayers.Permute, "Permute");
        Add(ShapeLayers.RepeatVector, "RepeatVector");

        // Several inputs. Operators of Keras 3 have the same names, and their operands as two arguments.
        Add(MergeLayers.Binary("AddV2"), "Add");
        Add(MergeLayers.Binary("Sub"), "Subtract");
        Add(MergeLayers.Binary("Mul"), "Multiply");
        Add(MergeLayers.Binary("RealDiv"), "Divide", "TrueDivide");
        Add(MergeLayers.Binary("Maximum"), "Maximum");
        Add(MergeLayers.Binary("Minimum"), "Minimum");
        Add(MergeLayers.Average, "Average");
        Add(MergeLayers.Concatenate, "Concatenate");
        Add(MergeLayers.Dot, "Dot");

        // Functions that are called like layers.
        Add(FunctionLayers.Lambda, "TFOpLambda", "SlicingOpLambda");
        Add(FunctionLayers.Operation, "Relu", "Relu6", "Sigmoid", "Silu", "Tanh", "Gelu", "HardSigmoid", "HardSilu", "LogSoftmax",
            "Softplus", "Softsign", "Selu", "Elu",
            "Exp", "Log", "Sqrt", "Square", "Abs", "Absolute", "Negative", "Power", "Mean", "Sum", "Max", "Min", "Transpose", "ExpandDims",
            "Squeeze", "GetItem", "Matmul", "Clip");

        // Sequences.
        Add(EmbeddingLayer.Write, "Embedding");
        Add(EmbeddingLayer.Masking, "Masking");
        Add(RecurrentLayer.Write, "SimpleRNN", "LSTM", "GRU", "RNN");
        Add(SequenceWrappers.Bidirectional, "Bidirectional");
        Add(SequenceWrappers.TimeDistributed, "TimeDistributed");
        Add(AttentionLayers.MultiHead, "MultiHeadAttention");
        Add(AttentionLayers.DotProduct, "Attention");
    }

    /// <summary>The code that writes a layer, or null.</summary>
    public static LayerEmitter? Find(string className) => Table.GetValueOrDefault(className);

    /// <summary>The results of a layer, with the mask of its first input where it keeps that.</summary>
    public static IReadOnlyList<KerasTensor> Emit(LayerEmitter emit, LayerContext context)
    {
        IReadOnlyList<KerasTensor> results = emit(context);
        return context.Inputs is [{ Mask: { } mask }, ..] && KeepsMask.Contains(context.ClassName)
            ? [.. results.Select(result => result with { Mask = mask })] : results;
    }

    /// <summary>Throws where layers of a model, or of models and wrappers in it, are not known; all are listed.</summary>
    public static void RejectUnknown(KerasModel model)
    {
        List<(string ClassName, string Name)> unknown = [];
        foreach (KerasLayer layer in model.Layers) AddUnknown(layer.ClassName, layer.Name, layer.Config.Json, unknown);
        if (unknown.Count == 0) return;
        IEnumerable<string> groups =
            unknown.GroupBy(layer => layer.ClassName, layer => layer.Name).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} ({string.Join(", ", group.Take(MostListed))}{(group.Count() > MostListed ? ", ..." : "")})");
        throw new ModelBuildException(DiagnosticCode.UnsupportedOperations,
            $"Layers that are not supported: {string.Join("; ", groups)}. "
            + "Export the model as a SavedModel, where each layer consists of TensorFlow's operations: model.export(folder), or "
                + "tf.saved_model.save(model, folder).");
    }

    private static void AddUnknown(string className, string name, JsonElement config, List<(string, string)> unknown)
    {
        if (KerasModelParser.IsModel(className))
        {
            JsonElement? layers = config.ValueKind == JsonValueKind.Array ? config : new KerasConfig(config).Find("layers");
            if (layers is { ValueKind: JsonValueKind.Array } list)
                foreach (JsonElement layer in list.EnumerateArray()) AddInner(layer, $"{name}/");
        }
        else if (className != "InputLayer" && Find(className) is null) unknown.Add((className, name));
        else if (new KerasConfig(config).Find("layer") is { ValueKind: JsonValueKind.Object } wrapped) AddInner(wrapped, $"{name}/");

        void AddInner(JsonElement layer, string prefix)
        {
            KerasConfig inner = new(layer);
            KerasConfig innerConfig = inner.Object("config") ?? default;
            AddUnknown(inner.Text("class_name"), prefix + innerConfig.Text("name", ""), inner.Find("config") ?? default, unknown);
        }
    }

    private static void Add(LayerEmitter emit, params ReadOnlySpan<string> classes)
    {
        foreach (string name in classes) Table.Add(name, emit);
    }

    private static void Add(Func<LayerContext, KerasTensor> emit, params ReadOnlySpan<string> classes) =>
        Add((LayerEmitter)(context => [emit(context)]), classes);
}
