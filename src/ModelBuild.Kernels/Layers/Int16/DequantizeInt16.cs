using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>16-bit integers as floats: <c>x = q * scale</c>.</summary>
internal sealed class DequantizeInt16 : Layer
{
    private readonly FlatBuffer<short> _input;
    private readonly FlatBuffer<float> _output;
    private readonly KernelVariant _variant;
    private readonly float _scale;

    /// <param name="input">The integers.</param>
    /// <param name="output">As many floats.</param>
    /// <param name="scale">Real number for a step.</param>
    public DequantizeInt16(FlatBuffer<short> input, FlatBuffer<float> output, float scale)
        : this(KernelVariants.Elementwise, input, output, scale)
    {
    }

    /// <summary>The same with a kernel variant of the caller's choice, which this CPU must support.</summary>
    internal DequantizeInt16(KernelVariant variant, FlatBuffer<short> input, FlatBuffer<float> output, float scale)
    {
        BufferChecks.Require(input.Length == output.Length, "arrays differ in length");
        _input = input;
        _output = output;
        _variant = variant;
        _scale = scale;
    }

    public override void Run(Workspace workspace)
    {
        ReadOnlySpan<short> input = workspace.Elements(_input);
        Span<int> output = MemoryMarshal.Cast<float, int>(workspace.Elements(_output));
        int done = _variant switch
        {
            KernelVariant.Avx512 => Run<Vector512<int>, ShortLanes512>(input, output, 0),
            KernelVariant.Avx2 or KernelVariant.AvxVnni => Run<Vector256<int>, ShortLanes256>(input, output, 0),
            KernelVariant.Scalar => 0,
            _ => Run<Vector128<int>, ShortLanes128>(input, output, 0),
        };
        Run<int, ShortLanes1>(input, output, done);
    }

    /// <summary>Goes on from element <paramref name="i"/> while a whole vector is left.</summary>
    /// <returns>The first element not converted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Run<TVector, TLanes>(ReadOnlySpan<short> input, Span<int> output, int i) where TVector : struct where TLanes : IShortLanes<TVector>
    {
        ref short from = ref MemoryMarshal.GetReference(input);
        ref int to = ref MemoryMarshal.GetReference(output);
        TVector factor = TLanes.Create(BitConverter.SingleToInt32Bits(_scale));
        for (; i <= output.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Multiply(TLanes.ToFloat(TLanes.LoadShorts(ref from, (nuint)i)), factor), ref to, (nuint)i);
        }
        return i;
    }
}
