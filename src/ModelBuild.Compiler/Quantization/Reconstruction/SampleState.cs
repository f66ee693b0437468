using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>The values of a sample on its way through the graph, twice: in float, and with the errors of a quantised model.</summary>
internal sealed class SampleState
{
    private readonly Dictionary<Value, (Tensor Float, Tensor Quantized)> _values = [];

    /// <summary>A value in float.</summary>
    public Tensor Float(Value value) => value.Constant ?? _values[value].Float;

    /// <summary>A value as the quantised model has it, in real numbers.</summary>
    public Tensor Quantized(Value value) => value.Constant ?? _values[value].Quantized;

    /// <summary>Notes a value; the quantised form is rounded to what <paramref name="quantization"/> can store, if there is one.</summary>
    public void Set(Value value, Tensor real, Tensor quantized, ActivationQuantization? quantization) =>
        _values[value] = (real, quantization is { } scale ? Round(quantized, scale) : quantized);

    /// <summary>Forgets a value that nothing reads any more.</summary>
    public void Remove(Value value) => _values.Remove(value);

    /// <summary>What is left of a value once it is stored in bytes.</summary>
    public static Tensor Round(Tensor tensor, ActivationQuantization quantization)
    {
        float low = -quantization.ZeroPoint, high = byte.MaxValue - quantization.ZeroPoint, inverse = 1 / quantization.Scale;
        ReadOnlySpan<float> source = tensor.Elements<float>();
        float[] result = new float[source.Length];
        for (int i = 0; i < result.Length; i++)
        {
            float steps = Math.Clamp(MathF.Round(source[i] * inverse + quantization.Offset), low, high);
            result[i] = (steps - quantization.Offset) * quantization.Scale;
        }
        return Tensor.Of(tensor.Shape, result);
    }
}
