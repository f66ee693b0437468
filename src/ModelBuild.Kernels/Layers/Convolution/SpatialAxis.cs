using System;

namespace ModelBuild.Kernels;

/// <summary>How the outputs along one spatial axis meet the inputs, for windows, convolutions and transposed convolutions.</summary>
/// <param name="Input">Inputs along the axis.</param>
/// <param name="Output">Outputs along the axis.</param>
/// <param name="Window">Taps along the axis.</param>
/// <param name="Stride">Inputs from one window to the next; transposed: outputs.</param>
/// <param name="Dilation">Inputs from one tap to the next; transposed: outputs.</param>
/// <param name="Pad">Places outside before the first input; transposed: before the first output.</param>
/// <param name="Transposed">Inputs and outputs change roles, as in the gradient of a convolution.</param>
internal readonly record struct SpatialAxis(int Input, int Output, int Window, int Stride, int Dilation, int Pad, bool Transposed)
{
    /// <summary>An axis of one place.</summary>
    public static readonly SpatialAxis Single = new(1, 1, 1, 1, 1, 0, false);

    /// <summary>The taps of an output outside of which no input lies.</summary>
    public (int First, int End) Taps(int output)
    {
        // Tap t of a window that begins at place s lies at s + t * dilation; transposed at s - t * dilation in steps of the stride.
        int start = Transposed ? output + Pad : output * Stride - Pad;
        (int first, int last) = Transposed
            ? (Up(start - (Input - 1) * Stride), start / Dilation)
            : (Up(-start), start > Input - 1 ? -1 : (Input - 1 - start) / Dilation);
        return (Math.Max(first, 0), Math.Min(last + 1, Window));
    }

    /// <summary>The input under a tap of an output, for a tap of <see cref="Taps"/>; -1 where there is none between two inputs.</summary>
    public int Source(int output, int tap)
    {
        if (!Transposed) return output * Stride - Pad + tap * Dilation;
        // The input i of the forward convolution's output o is o * stride - pad + tap * dilation, solved for o.
        (int place, int rest) = Math.DivRem(output + Pad - tap * Dilation, Stride);
        return rest == 0 ? place : -1;
    }

    private int Up(int distance) => distance <= 0 ? 0 : (distance + Dilation - 1) / Dilation;
}
