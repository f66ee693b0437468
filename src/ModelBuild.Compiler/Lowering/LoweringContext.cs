using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// The plan while operations add to it. A value of the graph has up to three forms, a flat array, a quantised image and an array of
/// 16-bit integers; whoever reads it asks for the form that its layer takes, and a conversion is added the first time that only the other one is there.
/// </summary>
internal sealed class LoweringContext(QuantizedGraph graph)
{
    private readonly NameTable _layerNames = new();
    private readonly NameTable _bufferNames = new();
    private readonly List<LayerDraft> _layers = [];
    private readonly List<FlatDraft> _flats = [];
    private readonly List<ImageDraft> _images = [];
    private readonly Dictionary<Value, FlatDraft> _flatForms = [];
    private readonly Dictionary<Value, ImageDraft> _imageForms = [];
    private readonly Dictionary<Value, FlatDraft> _shortForms = [];
    private readonly Dictionary<Value, (ImageDraft Image, FlatDraft Range)> _ranged = [];
    private readonly HashSet<Value> _inputs = [.. graph.Graph.Inputs];
    private readonly HashSet<Value> _read = [.. graph.Graph.Outputs, .. graph.Graph.Nodes.SelectMany(node => node.Inputs)];

    /// <summary>Takes the constants.</summary>
    public BlobWriter Blob { get; } = new();

    /// <summary>Takes what layers ask of the geometry of images.</summary>
    public GeometryPlanner Geometry { get; } = new();

    /// <summary>The layers so far.</summary>
    public IReadOnlyList<LayerDraft> Layers => _layers;

    /// <summary>The flat arrays so far, constants among them.</summary>
    public IReadOnlyList<FlatDraft> Flats => _flats;

    /// <summary>The images so far.</summary>
    public IReadOnlyList<ImageDraft> Images => _images;

    /// <summary>The precision of the node that is being lowered.</summary>
    public LayerPrecision Precision { get; private set; } = graph.Precisions.Model;

    /// <summary>A node is to be lowered next.</summary>
    public void Enter(Node node) => Precision = graph.Precisions[node];

    /// <summary>The weights of a node as bytes; null where they are not quantised.</summary>
    public QuantizedWeights? Weights(Node node) => graph.Weights.GetValueOrDefault(node);

    /// <summary>A node reads the value, or it is an output of the graph.</summary>
    public bool IsRead(Value value) => _read.Contains(value);

    /// <summary>The value can be had as a quantised image, and the node that is being lowered may take it so.</summary>
    public bool IsImage(Value value) =>
        Precision.Activations == ActivationForm.Static && value.Constant is null && graph.Activations.ContainsKey(value) && ImageShape.Of(value.Shape) is not null;

    /// <summary>All of the values can be had as quantised images.</summary>
    public bool AreImages(params IEnumerable<Value> values) => values.All(IsImage);

    /// <summary>Scale and zero point of an image.</summary>
    public ActivationQuantization Quantization(Value value) => graph.Activations[value];

    /// <summary>The value as an array.</summary>
    public FlatDraft Flat(Value value)
    {
        if (_flatForms.TryGetValue(value, out FlatDraft? flat)) return flat;
        flat = NewFlat(value);
        if (value.Constant is null && !_inputs.Contains(value)) Add(DequantizeLayer(value, flat));
        return flat;
    }

    /// <summary>The value as an image.</summary>
    public ImageDraft Image(Value value)
    {
        if (_imageForms.TryGetValue(value, out ImageDraft? image)) return image;
        // An input enters as an image, without an array, where all ask for images.
        if (_inputs.Contains(value)) return NewImage(value);
        FlatDraft flat = Flat(value);
        image = NewImage(value);
        Add(QuantizeLayer(value, flat, image));
        return image;
    }

    /// <summary>The value as 16-bit integers.</summary>
    public FlatDraft Short(Value value)
    {
        if (_shortForms.TryGetValue(value, out FlatDraft? known)) return known;
        FlatDraft flat = Flat(value), shorts = NewShort(value);
        Add(new LayerDraft(nameof(QuantizeInt16), $"{value.Name}/QuantizeInt16", "to 16 bits")
        {
            Arguments = [("input", flat), ("output", shorts), ("scale", Int16Scale(value))],
        });
        return shorts;
    }

    /// <summary>The form in which a layer gives a value: 16-bit integers.</summary>
    public FlatDraft NewShort(Value value) =>
        _shortForms[value] = NewFlat(value.Name, DataType.Int16, value.Shape.ToArray());

    /// <summary>Real number for a step of the 16-bit integers that stand for a value.</summary>
    public float Int16Scale(Value value) => graph.Int16Scales[value];

    /// <summary>The values can be had as 16-bit integers, and the node that is being lowered may take them so.</summary>
    public bool AreShorts(params IEnumerable<Value> values) => Precision.Activations == ActivationForm.Int16
        && values.All(value => value.Constant is null && graph.Int16Scales.ContainsKey(value));

    /// <summary>The value as an image whose scale and zero point are found in the call, and where these are put.</summary>
    public (ImageDraft Image, FlatDraft Range) Ranged(Value value)
    {
        if (_ranged.TryGetValue(value, out (ImageDraft, FlatDraft) known)) return known;
        FlatDraft flat = Flat(value);
        ImageDraft image = NewImage($"{value.Name}/quantized", ImageShape.Of(value.Shape)!.Value, null);
        FlatDraft range = NewFlat($"{value.Name}/range", DataType.Float32, [2]);
        Add(new LayerDraft(nameof(QuantizeRange), $"{value.Name}/QuantizeRange", "quantises by the range in the call")
        {
            Arguments = [("input", flat), ("output", image), ("range", range)],
        });
        return _ranged[value] = (image, range);
    }

    /// <summary>The form in which a layer gives a value: an array of its own, or the constant's.</summary>
    public FlatDraft NewFlat(Value value)
    {
        return _flatForms[value] = value.Constant is { } constant
            ? Constant(value.Name, constant)
            : NewFlat(value.Name, value.Type, value.Shape.ToArray());
    }

    /// <summary>An array that is no value of the graph.</summary>
    public FlatDraft NewFlat(string name, DataType type, int[] shape) => Add(new FlatDraft(_bufferNames.Unique(name), type, shape));

    /// <summary>The array of a constant.</summary>
    public FlatDraft Constant(string name, Tensor constant) =>
        Add(new FlatDraft(_bufferNames.Unique(name), constant.Type, constant.Shape.ToArray()) { Constant = constant });

    /// <summary>Some elements of an array in another shape; the same memory.</summary>
    /// <param name="whole">The array.</param>
    /// <param name="start">First element.</param>
    /// <param name="shape">Dimensions of the part.</param>
    public FlatDraft Part(FlatDraft whole, int start, int[] shape)
    {
        if (whole.Constant is { } constant) return Constant(whole.Name, Slice(constant, start, shape));
        FlatDraft root = whole.Whole ?? whole;
        return Add(new FlatDraft(_bufferNames.Unique(whole.Name), whole.Type, shape) { Whole = root, Start = whole.Start + start });
    }

    /// <summary>The form in which a layer gives a value: an image of its own.</summary>
    public ImageDraft NewImage(Value value) =>
        _imageForms[value] = NewImage(value.Name, ImageShape.Of(value.Shape)!.Value, Quantization(value));

    /// <summary>An image that is no value of the graph.</summary>
    public ImageDraft NewImage(string name, ImageShape shape, ActivationQuantization? quantization, bool isFree = false)
    {
        ImageDraft image = new(_bufferNames.Unique(name), shape, quantization) { IsFree = isFree };
        _images.Add(image);
        Geometry.Add(image);
        return image;
    }

    /// <summary>The value is an array that is there already.</summary>
    public void SetFlat(Value value, FlatDraft flat) => _flatForms.Add(value, flat);

    /// <summary>The value is an image that is there already.</summary>
    public void SetImage(Value value, ImageDraft image) => _imageForms.Add(value, image);

    /// <summary>The forms of an input that layers asked for.</summary>
    public (FlatDraft? Flat, ImageDraft? Image) Forms(Value input) =>
        (_flatForms.GetValueOrDefault(input), _imageForms.GetValueOrDefault(input));

    /// <summary>Adds a layer.</summary>
    public void Add(LayerDraft layer) => _layers.Add(Unique(layer));

    /// <summary>Puts layers before all others.</summary>
    public void Prepend(IEnumerable<LayerDraft> layers) => _layers.InsertRange(0, layers.Select(Unique).ToArray());

    /// <summary>The layer that makes an image of an array.</summary>
    public LayerDraft QuantizeLayer(Value value, FlatDraft flat, ImageDraft image) =>
        new(nameof(Quantize), $"{value.Name}/Quantize", "quantises")
        {
            Arguments =
            [
                ("input", flat), ("output", image), ("scale", Quantization(value).Scale), ("zeroPoint", Quantization(value).ZeroPoint),
                ("offset", Quantization(value).Offset),
            ],
        };

    /// <summary>The integers of an operand that must be known at build time.</summary>
    /// <exception cref="ModelBuildException">It depends on the input (MB1010).</exception>
    public static int[] Integers(Node node, int input, string what) =>
        Inference.Integers(node.Inputs[input]) ?? throw Unknown(node, input, what);

    /// <summary>The floats of an operand that must be known at build time.</summary>
    /// <exception cref="ModelBuildException">It depends on the input (MB1010).</exception>
    public static float[] Floats(Node node, int input, string what) =>
        node.Inputs[input].Constant?.Elements<float>().ToArray() ?? throw Unknown(node, input, what);

    /// <summary>The single integer of an operand that must be known at build time.</summary>
    /// <exception cref="ModelBuildException">It depends on the input (MB1010).</exception>
    public static int Integer(Node node, int input, string what)
    {
        int[] integers = Integers(node, input, what);
        return integers is [var single] ? single : throw Inference.Error($"{what} are {integers.Length} integers, but one is needed.");
    }

    private LayerDraft Unique(LayerDraft layer) => layer with { Name = _layerNames.Unique(layer.Name) };

    private static ModelBuildException Unknown(Node node, int input, string what) => new(DiagnosticCode.DynamicShape,
        $"{what} ({node.Inputs[input].Name}) depend on the model's input, but must be known at build time. "
        + "Freeze the model with constants in their place, or set Outputs to nodes before this one.");

    private FlatDraft Add(FlatDraft flat)
    {
        _flats.Add(flat);
        return flat;
    }

    private LayerDraft DequantizeLayer(Value value, FlatDraft flat)
    {
        if (_shortForms.TryGetValue(value, out FlatDraft? shorts) && !_imageForms.ContainsKey(value))
        {
            return new LayerDraft(nameof(DequantizeInt16), $"{value.Name}/DequantizeInt16", "to float")
            {
                Arguments = [("input", shorts), ("output", flat), ("scale", Int16Scale(value))],
            };
        }
        return new LayerDraft(nameof(Dequantize), $"{value.Name}/Dequantize", "to float")
        {
            Arguments =
            [
                ("input", _imageForms[value]), ("output", flat), ("scale", Quantization(value).Scale),
                ("zeroPoint", Quantization(value).ZeroPoint),
            ],
        };
    }

    private static Tensor Slice(Tensor tensor, int start, int[] shape)
    {
        Array elements = Reference.ElementTypes.Allocate(tensor.Type, Shapes.Elements(shape));
        Array.Copy(tensor.Data, start, elements, 0, elements.Length);
        return new Tensor(tensor.Type, Shape.Of(shape), elements);
    }
}
