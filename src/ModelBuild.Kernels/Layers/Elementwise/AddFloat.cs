using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>Sum of two arrays, element by element, with limits.</summary>
internal sealed class AddFloat : Layer
{
    private readonly FlatBuffer<float> _left;
    private readonly FlatBuffer<float> _right;
    private readonly FlatBuffer<float> _output;
    private readonly float _minimum;
    private readonly float _maximum;

    /// <param name="left">First input.</param>
    /// <param name="right">Second input, of the same length.</param>
    /// <param name="output">Sum, of the same length.</param>
    /// <param name="minimum">Least result.</param>
    /// <param name="maximum">Greatest result.</param>
    public AddFloat(FlatBuffer<float> left, FlatBuffer<float> right, FlatBuffer<float> output, float minimum, float maximum)
    {
        BufferChecks.Require(left.Length == output.Length && right.Length == output.Length, "arrays differ in length");
        _left = left;
        _right = right;
        _output = output;
        _minimum = minimum;
        _maximum = maximum;
    }

    public override void Run(Workspace workspace)
    {
        Span<float> output = workspace.Elements(_output);
        Run(workspace.Elements(_left), workspace.Elements(_right), output);
        ClampFloat.Run(output, output, _minimum, _maximum);
    }

    /// <summary>Sets each element of <paramref name="output"/> to the sum of the inputs'.</summary>
    public static void Run(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> output)
    {
        left = left.Slice(0, output.Length);
        right = right.Slice(0, output.Length);
        ReadOnlySpan<Vector<float>> leftVectors = MemoryMarshal.Cast<float, Vector<float>>(left);
        ReadOnlySpan<Vector<float>> rightVectors = MemoryMarshal.Cast<float, Vector<float>>(right);
        Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(output);
        for (int i = 0; i < sums.Length; i++) sums[i] = leftVectors[i] + rightVectors[i];
        for (int i = sums.Length * Vector<float>.Count; i < output.Length; i++) output[i] = left[i] + right[i];
    }
}
