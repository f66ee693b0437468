namespace ModelBuild.Benchmarks.Contenders;

/// <summary>
/// TensorFlow Lite with its XNNPACK delegate, one thread each, of a model that takes and gives signed bytes: the call begins and ends with
/// floats as everyone's does, and converts them with vectors.
/// </summary>
internal sealed unsafe class TfLiteContender : IContender
{
    // Both kinds of quantised layers, which XNNPACK leaves alone unless it is told.
    private const uint SignedAndUnsignedBytes = 3;

    private readonly nint _model;
    private readonly nint _delegate;
    private readonly nint _interpreter;
    private readonly nint _input;
    private readonly nint _output;
    private readonly TfLite.Quantization _inputQuantization;
    private readonly TfLite.Quantization _outputQuantization;

    public TfLiteContender(string name, string path)
    {
        Name = name;
        _model = Require(TfLite.CreateModel(path), path);
        _delegate = Require(TfLite.CreateXnnPack(new TfLite.XnnPackOptions(1, SignedAndUnsignedBytes)), path);
        nint options = TfLite.CreateOptions();
        TfLite.SetThreads(options, 1);
        TfLite.AddDelegate(options, _delegate);
        nint interpreter = 0;
        Nodes = DelegatedNodes.Count(_delegate, () => interpreter = TfLite.CreateInterpreter(_model, options));
        TfLite.DeleteOptions(options);
        _interpreter = Require(interpreter, path);
        Check(TfLite.AllocateTensors(_interpreter));
        (_input, _output) = (TfLite.InputTensor(_interpreter, 0), TfLite.OutputTensor(_interpreter, 0));
        if (TfLite.TensorType(_input) != TfLite.Int8 || TfLite.TensorType(_output) != TfLite.Int8)
            throw new InvalidDataException($"{path} takes or gives no signed bytes.");
        (_inputQuantization, _outputQuantization) = (TfLite.TensorQuantization(_input), TfLite.TensorQuantization(_output));
    }

    public string Name { get; }

    /// <summary>How much of the graph XNNPACK took.</summary>
    public DelegatedNodes Nodes { get; }

    public void Run(float[] input, float[] output)
    {
        SignedBytes.Quantize(input, _inputQuantization.Scale, _inputQuantization.ZeroPoint, Elements(_input));
        Check(TfLite.Invoke(_interpreter));
        SignedBytes.Dequantize(Elements(_output), _outputQuantization.Scale, _outputQuantization.ZeroPoint, output);
    }

    public void Dispose()
    {
        TfLite.DeleteInterpreter(_interpreter);
        TfLite.DeleteXnnPack(_delegate);
        TfLite.DeleteModel(_model);
    }

    private static Span<sbyte> Elements(nint tensor) => new((void*)TfLite.TensorData(tensor), (int)TfLite.TensorBytes(tensor));

    private static nint Require(nint made, string path) =>
        made != 0 ? made : throw new InvalidDataException($"TensorFlow Lite refuses {path}.");

    private static void Check(int status)
    {
        if (status != TfLite.Ok) throw new InvalidOperationException($"TensorFlow Lite fails with status {status}.");
    }
}
