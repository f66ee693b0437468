using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ModelBuild.Benchmarks.Contenders;

/// <summary>ONNX Runtime on the CPU, one thread, tensors bound beforehand.</summary>
internal sealed class OnnxContender : IContender
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _binding;
    private readonly OrtValue _input;
    private readonly OrtValue _output;

    public OnnxContender(string name, string path)
    {
        Name = name;
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(path, options);
        (string inputName, NodeMetadata input) = _session.InputMetadata.Single();
        (string outputName, NodeMetadata output) = _session.OutputMetadata.First();
        _input = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, Shape(input));
        _output = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, Shape(output));
        _binding = _session.CreateIoBinding();
        _binding.BindInput(inputName, _input);
        _binding.BindOutput(outputName, _output);
    }

    public string Name { get; }

    public void Run(float[] input, float[] output)
    {
        input.CopyTo(_input.GetTensorMutableDataAsSpan<float>());
        _session.RunWithBinding(_run, _binding);
        _output.GetTensorDataAsSpan<float>().CopyTo(output);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
        _run.Dispose();
        _session.Dispose();
    }

    // An open batch is one.
    private static long[] Shape(NodeMetadata node) => [.. node.Dimensions.Select(size => (long)Math.Max(size, 1))];
}
