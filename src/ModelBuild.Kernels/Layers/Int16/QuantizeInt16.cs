using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Floats as 16-bit integers: <c>q = roundToEven(clamp(x * (1 / scale), -32767, 32767))</c>, NaN becoming -32767.</summary>
internal sealed class QuantizeInt16 : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<short> _output;
    private readonly KernelVariant _variant;
    private readonly float _inverseScale;

    /// <param name="input">The floats.</param>
    /// <param name="output">As many integers.</param>
    /// <param name="scale">Real number for a step.</param>
    public QuantizeInt16(FlatBuffer<float> input, FlatBuffer<short> output, float scale)
        : this(KernelVariants.Elementwise, input, output, scale)
    {
    }

    /// <summary>The same with a kernel variant of the caller's choice, which this CPU must support.</summary>
    internal QuantizeInt16(KernelVariant variant, FlatBuffer<float> input, FlatBuffer<short> output, float scale)
    {
        BufferChecks.Require(input.Length == output.Length, "arrays differ in length");
        BufferChecks.Require(scale > 0, "a scale is positive");
        _input = input;
        _output = output;
        _variant = variant;
        _inverseScale = 1f / scale;
    }

    public override void Run(Workspace workspace)
    {
        ReadOnlySpan<int> input = MemoryMarshal.Cast<float, int>(workspace.Elements(_input));
        Span<short> output = workspace.Elements(_output);
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
    private int Run<TVector, TLanes>(ReadOnlySpan<int> input, Span<short> output, int i) where TVector : struct where TLanes : IShortLanes<TVector>
    {
        ref int from = ref MemoryMarshal.GetReference(input);
        ref short to = ref MemoryMarshal.GetReference(output);
        TVector factor = TLanes.Create(BitConverter.SingleToInt32Bits(_inverseScale));
        TVector zero = TLanes.Create(0);
        for (; i <= output.Length - TLanes.Count; i += TLanes.Count)
        {
            TVector product = TLanes.Multiply(TLanes.Load(ref from, (nuint)i), factor);
            TLanes.StoreShorts(TLanes.RoundSum(product, zero, -short.MaxValue, short.MaxValue), ref to, (nuint)i);
        }
        return i;
    }
}
