using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Tests.Calibration.DataFree;

/// <summary>
/// Builds graphs whose batch normalisations have the statistics of what they read over normally distributed inputs, as after training.
/// </summary>
internal sealed class NormedGraph
{
    private const int Samples = 400;

    private readonly Random _random;
    private readonly Tensor[] _inputs;

    /// <param name="seed">Of inputs and weights.</param>
    /// <param name="shape">Of the input.</param>
    /// <param name="mean">Of its elements, which are independent with a deviation of 1.</param>
    public NormedGraph(int seed, int[] shape, float mean = 0)
    {
        _random = new Random(seed);
        X = Builder.Input("x", DataType.Float32, Shape.Of(shape));
        _inputs = [.. Enumerable.Range(0, Samples).Select(_ => Numbers("x", X.Shape, mean).Constant!)];
    }

    public GraphBuilder Builder { get; } = new();

    public Value X { get; }

    /// <summary>Inputs that the statistics are of.</summary>
    public IReadOnlyList<Tensor> Inputs => _inputs;

    /// <summary>A convolution of random weights over all places that lie inside, without bias.</summary>
    public Value Convolution(string name, Value x, int size, int outputs, float mean = 0) => Builder.Add(
        name, new Convolution((1, 1), (1, 1), Padding.Valid, Clamp.None), x,
        Numbers($"{name}/weights", Shape.Of(size, size, x.Shape[3], outputs), mean));

    /// <summary>A normalisation with the true statistics of its input, and random scales and offsets.</summary>
    public Value Norm(string name, Value x, float offset = 0)
    {
        int channels = x.Shape[-1];
        (double[] means, double[] variances) = Measure(Builder.Build([x]), x, _inputs);
        return Builder.Add(
            name, new BatchNorm(1e-3f), x, Vector("scale", _ => 0.5f + _random.NextSingle()), Vector("offset", _ => offset + Normal()),
            Vector("mean", c => (float)means[c]), Vector("variance", c => (float)variances[c]));

        Value Vector(string kind, Func<int, float> number) =>
            GraphBuilder.Constant($"{name}/{kind}", Tensor.Of(Shape.Of(channels), [.. Enumerable.Range(0, channels).Select(number)]));
    }

    public Value Relu(string name, Value x) => Builder.Add(name, new Unary(UnaryKind.Relu), x);

    /// <summary>Means and variances of the channels of a value over samples.</summary>
    public static (double[] Means, double[] Variances) Measure(ModelGraph graph, Value value, IReadOnlyList<Tensor> inputs)
    {
        int channels = value.Shape[-1];
        double[] sums = new double[channels], squares = new double[channels];
        long count = 0;
        foreach (Tensor input in inputs)
        {
            ReferenceExecutor.Run(graph, [input], (computed, tensor) =>
            {
                if (computed != value) return;
                ReadOnlySpan<float> elements = tensor.Elements<float>();
                for (int i = 0; i < elements.Length; i++)
                {
                    sums[i % channels] += elements[i];
                    squares[i % channels] += (double)elements[i] * elements[i];
                }
                count += elements.Length / channels;
            });
        }
        double[] means = Array.ConvertAll(sums, sum => sum / count);
        return (means, [.. squares.Select((square, c) => square / count - means[c] * means[c])]);
    }

    private Value Numbers(string name, Shape shape, float mean) =>
        GraphBuilder.Constant(name, Tensor.Of(shape, [.. Enumerable.Range(0, shape.Count).Select(_ => mean + Normal())]));

    private float Normal() => (float)NormalNumbers.Next(_random);
}
