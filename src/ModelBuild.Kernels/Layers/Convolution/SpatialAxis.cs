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

    /// <summary>The input under a tap of an output, or -1 where there is none.</summary>
    public int Source(int output, int tap)
    {
        int place = output * Stride - Pad + tap * Dilation;
        if (Transposed)
        {
            // The input i of the forward convolution's output o is o * stride - pad + tap * dilation, solved for o.
            place = output + Pad - tap * Dilation;
            if (place % Stride != 0) return -1;
            place /= Stride;
        }
        return (uint)place < (uint)Input ? place : -1;
    }
}
