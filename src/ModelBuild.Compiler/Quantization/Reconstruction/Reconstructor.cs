using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// Quantises the weights layer by layer in the order of execution, each with regard to what the layers before it, quantised already,
/// make of the calibration samples: weights by <see cref="SecondOrderRounding"/>, then the bias that makes the mean of every
/// output right (Nagel et al. 2019, https://arxiv.org/abs/1906.04721). Needs no labels.
/// </summary>
internal sealed class Reconstructor
{
    // Places that statistics are taken from: some for each weight of an output, within limits of time.
    private const int PlacesPerInput = 8, FewestPlaces = 4096, MostPlaces = 8192;

    // Numbers in the patches of all places and groups together.
    private const int MostNumbers = 1 << 25;

    // Both forms of all living values of all samples are kept at once.
    private const int MostSamples = 512;
    private const long MostBytes = 2L << 30;

    // Of scales and signs by turns; a gain below the least says that a channel's signs are worth nothing.
    private const int SignRounds = 3;
    private const double LeastGain = 1e-3;

    private readonly ModelGraph _graph;
    private readonly IReadOnlyDictionary<Value, ActivationQuantization> _activations;
    private readonly PrecisionPlan _precisions;
    private readonly CalibrationSamples _inputs;
    private readonly SampleState[] _samples;
    private readonly IReadOnlyDictionary<Node, OutputCurvature> _curvatures;
    private readonly RateDistortion? _rate;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<Value, int> _uses = [];

    private Reconstructor(
        ModelGraph graph, IReadOnlyDictionary<Value, ActivationQuantization> activations, PrecisionPlan precisions,
        CalibrationSamples samples, IReadOnlyDictionary<Node, OutputCurvature> curvatures, RateDistortion? rate, CancellationToken cancellation)
    {
        (_graph, _activations, _precisions, _curvatures, _rate, _cancellation) = (graph, activations, precisions, curvatures, rate, cancellation);
        long widest = graph.Nodes.Max(node => node.Inputs.Concat(node.Outputs)
            .Where(value => value.Constant is null && value.Shape.IsStatic).Sum(value => (long)value.Shape.Count * sizeof(float)));
        _inputs = samples.Spread((int)Math.Clamp(MostBytes / (widest * 4 + 1), 1, MostSamples));
        _samples = new SampleState[_inputs.Count];
        foreach (Value value in graph.Nodes.SelectMany(node => node.Inputs)) _uses[value] = _uses.GetValueOrDefault(value) + 1;
    }

    /// <summary>The weights of all layers that have some.</summary>
    /// <param name="graph">The optimised graph.</param>
    /// <param name="activations">How its values are stored.</param>
    /// <param name="precisions">How its weights are to be stored.</param>
    /// <param name="samples">The calibration samples.</param>
    /// <param name="curvatures">What errors of each layer cost.</param>
    /// <param name="rate">How to trade error for bytes, in the unit of <paramref name="curvatures"/>; null for the least error.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public static Dictionary<Node, QuantizedWeights> Quantize(
        ModelGraph graph, IReadOnlyDictionary<Value, ActivationQuantization> activations, PrecisionPlan precisions,
        CalibrationSamples samples, IReadOnlyDictionary<Node, OutputCurvature> curvatures, RateDistortion? rate, CancellationToken cancellation)
    {
        Dictionary<Node, QuantizedWeights> weights = [];
        if (graph.Nodes.Length == 0) return weights;
        Reconstructor reconstructor = new(graph, activations, precisions, samples, curvatures, rate, cancellation);
        reconstructor.Start();
        foreach (Node node in graph.Nodes)
        {
            cancellation.ThrowIfCancellationRequested();
            if (reconstructor.Step(node) is { } quantized) weights.Add(node, quantized);
        }
        return weights;
    }

    private void Start() => ForSamples(index =>
    {
        SampleState state = _samples[index] = new SampleState();
        IReadOnlyList<Tensor> inputs = _inputs[index];
        for (int i = 0; i < inputs.Count; i++) state.Set(_graph.Inputs[i], inputs[i], inputs[i], Quantization(_graph.Inputs[i]));
    });

    private QuantizedWeights? Step(Node node)
    {
        QuantizedWeights? weights = WeightedLayer.Is(node.Operation) && !_precisions[node].Weights.IsFloat ? Quantize(node) : null;
        Node executed = weights is null ? node : Dequantized(node, weights);
        ForSamples(index =>
        {
            SampleState state = _samples[index];
            IReadOnlyList<Tensor> real = ReferenceOperations.Run(node.Operation, [.. node.Inputs.Select(state.Float)]);
            IReadOnlyList<Tensor> quantized = ReferenceOperations.Run(executed.Operation,
            [
                .. executed.Inputs.Select((input, i) => i == 0 ? Taken(state, input, weights?.Signs) : state.Quantized(input)),
            ]);
            for (int i = 0; i < real.Count; i++) state.Set(node.Outputs[i], real[i], quantized[i], Quantization(node.Outputs[i]));
        });
        foreach (Value input in node.Inputs)
            if (--_uses[input] == 0)
                foreach (SampleState state in _samples) state.Remove(input);
        return weights;
    }

    private ActivationQuantization? Quantization(Value value) =>
        _activations.TryGetValue(value, out ActivationQuantization quantization) ? quantization : null;

    /// <summary>The layer in float arithmetic with the weights that the quantised one has.</summary>
    private static Node Dequantized(Node layer, QuantizedWeights weights)
    {
        LayerGeometry geometry = new(layer);
        float[] real = new float[weights.Values.Length];
        ForWeights(geometry, (group, input, output) =>
            real[geometry.Weight(group, input, output)] =
                weights.Values[geometry.KernelWeight(group, input, output)] * weights.Scales[group * geometry.Outputs + output]);
        List<Value> inputs = [layer.Inputs[0], GraphBuilder.Constant("weights", Tensor.Of(layer.Inputs[1].Shape, real))];
        if (weights.Bias is { } bias) inputs.Add(GraphBuilder.Constant("bias", Tensor.Of(Shape.Of(bias.Length), bias)));
        else inputs.AddRange(layer.Inputs.Skip(2));
        return new Node(layer.Name, layer.Operation, [.. inputs], layer.Outputs);
    }

    private QuantizedWeights? Quantize(Node layer)
    {
        LayerPrecision precision = _precisions[layer];
        (float from, float to) = ActivationQuantizer.Scales(layer, precision, _activations);
        bool isStatic = from > 0;
        if (WeightQuantizer.Quantize(layer, from, to, precision.Weights) is not { } plain) return null;
        bool isKnown = layer.Inputs[0].Shape.IsStatic && layer.Output.Shape.IsStatic && layer.Inputs.Skip(2).All(bias => bias.Constant is not null);
        if (!isKnown) return plain;
        LayerGeometry geometry = new(layer);
        if (precision.Activations == ActivationForm.Xnor)
            plain = plain with { Signs = SignInput.Of([.. _samples.Select(state => state.Quantized(layer.Inputs[0]))]) };
        SecondMoments[] moments = Gather(layer, geometry, plain.Signs);
        GroupRounding[] groups = new GroupRounding[geometry.Groups];
        bool isWide = geometry.Groups == 1, isCoarse = _rate is not null || precision.Weights.Kind != WeightKind.Int8;
        Parallel.For(0, groups.Length, new ParallelOptions { MaxDegreeOfParallelism = isWide ? 1 : Environment.ProcessorCount }, group =>
        {
            moments[group].Finish(parallel: isWide);
            groups[group] = GroupRounding.Of(geometry, group, moments[group], _samples.Length, (float[])layer.Inputs[1].Constant!.Data,
                _curvatures[layer], isCoarse);
        });
        QuantizedWeights weights = _rate is null || !isStatic || precision.Weights.Kind != WeightKind.Int8
            ? Rounded(groups, geometry, plain) : _rate.Choose(groups, geometry, plain, from / to);
        return weights with { Bias = Corrected(layer, geometry, moments, weights) };
    }

    /// <summary>
    /// The levels for the scales; where inputs are signs, by turns with the scales for the levels, which make up for what one bit lacks.
    /// </summary>
    private static QuantizedWeights Rounded(GroupRounding[] groups, LayerGeometry geometry, QuantizedWeights plain)
    {
        if (plain.Signs is null) return GroupRounding.RoundAll(groups, geometry, plain, null);
        QuantizedWeights weights = plain;
        for (int round = 0; round < SignRounds; round++)
        {
            weights = GroupRounding.RoundAll(groups, geometry, weights, null);
            (double Error, double Gain)[] errors = GroupRounding.ErrorsAll(groups, geometry, weights);
            weights = weights with
            {
                Scales = [.. weights.Scales.Zip(errors, (scale, error) => error.Gain > LeastGain ? scale * (float)error.Gain : scale)],
            };
        }
        return weights;
    }

    /// <summary>What a layer makes of its input.</summary>
    private static Tensor Taken(SampleState state, Value input, SignInput? signs) =>
        signs is null ? state.Quantized(input) : signs.Apply(state.Quantized(input));

    /// <summary>The bias with which the mean of every output is that of the float layer.</summary>
    private static float[] Corrected(Node layer, LayerGeometry geometry, SecondMoments[] moments, QuantizedWeights weights)
    {
        float[] bias = layer.Inputs.Length > 2 ? [.. (float[])layer.Inputs[2].Constant!.Data] : new float[weights.Scales.Length];
        for (int channel = 0; channel < bias.Length; channel++)
        {
            (int group, int output) = Math.DivRem(channel, geometry.Outputs);
            double mean = 0;
            for (int i = 0; i < geometry.Inputs; i++)
                mean += weights.Values[geometry.KernelWeight(group, i, output)] * moments[group].InputMeans[i];
            bias[channel] += (float)(moments[group].OutputMeans[output] - mean * weights.Scales[channel]);
        }
        return bias;
    }

    /// <summary>Statistics of each group from places spread over samples and pixels.</summary>
    private SecondMoments[] Gather(Node layer, LayerGeometry geometry, SignInput? signs)
    {
        long all = (long)_samples.Length * geometry.Pixels;
        int most = Math.Max(MostNumbers / (geometry.Inputs * geometry.Groups), 1);
        int places = (int)Math.Min(Math.Min(all, most), Math.Clamp(geometry.Inputs * PlacesPerInput, FewestPlaces, MostPlaces));
        // Multiples of the golden ratio, which fall evenly and never into step with the rows of the image.
        const double GoldenRatio = 0.6180339887498949;
        ILookup<int, int> pixels = Enumerable.Range(0, places)
            .Select(i => places == all ? i : (long)((i * GoldenRatio - Math.Floor(i * GoldenRatio)) * all))
            .ToLookup(place => (int)(place / geometry.Pixels), place => (int)(place % geometry.Pixels));
        (double[] Patches, double[] Wanted)[] read = new (double[], double[])[_samples.Length];
        ForSamples(index => read[index] = Read(layer, geometry, _samples[index], signs, [.. pixels[index]]));

        SecondMoments[] moments = new SecondMoments[geometry.Groups];
        Parallel.For(0, moments.Length, group =>
        {
            moments[group] = new SecondMoments(geometry.Inputs, geometry.Outputs, places);
            foreach ((double[] patches, double[] wanted) in read)
            {
                for (int i = group; i * geometry.Inputs < patches.Length; i += moments.Length)
                    moments[group].Add(patches.AsSpan(i * geometry.Inputs, geometry.Inputs), wanted.AsSpan(i * geometry.Outputs, geometry.Outputs));
            }
        });
        return moments;
    }

    /// <summary>
    /// At some pixels of a sample, for each group: the quantised patch, and the output of the float layer without bias and activation.
    /// </summary>
    private static (double[] Patches, double[] Wanted) Read(Node layer, LayerGeometry geometry, SampleState state, SignInput? signs, int[] pixels)
    {
        if (pixels.Length == 0) return ([], []);
        Operation linear = WeightedLayer.With(layer.Operation, Clamp.None);
        Tensor plain = ReferenceOperations.Run(linear, [state.Float(layer.Inputs[0]), layer.Inputs[1].Constant!])[0];
        ReadOnlySpan<float> x = Taken(state, layer.Inputs[0], signs).Elements<float>(), y = plain.Elements<float>();
        int count = pixels.Length * geometry.Groups;
        double[] patches = new double[count * geometry.Inputs], wanted = new double[count * geometry.Outputs];
        for (int i = 0; i < count; i++)
        {
            (int pixel, int group) = (pixels[i / geometry.Groups], i % geometry.Groups);
            geometry.Read(x, pixel, group, patches.AsSpan(i * geometry.Inputs, geometry.Inputs));
            for (int o = 0; o < geometry.Outputs; o++) wanted[i * geometry.Outputs + o] = y[geometry.Output(pixel, group, o)];
        }
        return (patches, wanted);
    }

    private static void ForWeights(LayerGeometry geometry, Action<int, int, int> body)
    {
        for (int group = 0; group < geometry.Groups; group++)
            for (int input = 0; input < geometry.Inputs; input++)
                for (int output = 0; output < geometry.Outputs; output++) body(group, input, output);
    }

    private void ForSamples(Action<int> body) =>
        EachSample.Do(_samples.Length, _cancellation, body);
}
