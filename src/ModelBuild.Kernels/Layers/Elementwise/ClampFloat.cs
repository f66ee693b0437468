using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>Limits each element of an array; NaN stays.</summary>
internal sealed class ClampFloat : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<float> _output;
    private readonly float _minimum;
    private readonly float _maximum;

    /// <param name="input">The array.</param>
    /// <param name="output">Result, of the same length.</param>
    /// <param name="minimum">Least result.</param>
    /// <param name="maximum">Greatest result.</param>
    public ClampFloat(FlatBuffer<float> input, FlatBuffer<float> output, float minimum, float maximum)
    {
        BufferChecks.Require(input.Length == output.Length, "arrays differ in length");
        _input = input;
        _output = output;
        _minimum = minimum;
        _maximum = maximum;
    }

    public override void Run(Workspace workspace) => Run(workspace.Elements(_input), workspace.Elements(_output), _minimum, _maximum);

    /// <summary>Sets each element of <paramref name="output"/> to the limited one of <paramref name="input"/>, perhaps the same memory.</summary>
    public static void Run(ReadOnlySpan<float> input, Span<float> output, float minimum, float maximum)
    {
        input = input.Slice(0, output.Length);
        Vector<float> low = new(minimum);
        Vector<float> high = new(maximum);
        ReadOnlySpan<Vector<float>> values = MemoryMarshal.Cast<float, Vector<float>>(input);
        Span<Vector<float>> limited = MemoryMarshal.Cast<float, Vector<float>>(output);
        for (int i = 0; i < limited.Length; i++)
        {
            Vector<float> value = Vector.ConditionalSelect(Vector.LessThan(values[i], low), low, values[i]);
            limited[i] = Vector.ConditionalSelect(Vector.GreaterThan(value, high), high, value);
        }
        for (int i = limited.Length * Vector<float>.Count; i < output.Length; i++)
        {
            float value = input[i] < minimum ? minimum : input[i];
            output[i] = value > maximum ? maximum : value;
        }
    }
}
