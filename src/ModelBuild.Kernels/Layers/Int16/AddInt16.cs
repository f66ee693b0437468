using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Sum of two arrays of 16-bit integers: <c>q = roundToEven(clamp(left * leftMultiplier + right * rightMultiplier))</c>.</summary>
internal sealed class AddInt16 : Layer
{
    private readonly FlatBuffer<short> _left;
    private readonly FlatBuffer<short> _right;
    private readonly FlatBuffer<short> _output;
    private readonly KernelVariant _variant;
    private readonly float _leftMultiplier;
    private readonly float _rightMultiplier;
    private readonly int _minimum;
    private readonly int _maximum;

    /// <param name="left">One array.</param>
    /// <param name="right">Another one of the same length.</param>
    /// <param name="output">Likewise.</param>
    /// <param name="leftMultiplier">Scale of the left input over scale of the output.</param>
    /// <param name="rightMultiplier">Scale of the right input over scale of the output.</param>
    /// <param name="minimum">Least result.</param>
    /// <param name="maximum">Greatest result.</param>
    public AddInt16(
        FlatBuffer<short> left, FlatBuffer<short> right, FlatBuffer<short> output, float leftMultiplier, float rightMultiplier, int minimum, int maximum)
        : this(KernelVariants.Elementwise, left, right, output, leftMultiplier, rightMultiplier, minimum, maximum)
    {
    }

    /// <summary>The same with a kernel variant of the caller's choice, which this CPU must support.</summary>
    internal AddInt16(
        KernelVariant variant, FlatBuffer<short> left, FlatBuffer<short> right, FlatBuffer<short> output, float leftMultiplier,
        float rightMultiplier, int minimum, int maximum)
    {
        BufferChecks.Require(left.Length == output.Length && right.Length == output.Length, "arrays differ in length");
        _left = left;
        _right = right;
        _output = output;
        _variant = variant;
        _leftMultiplier = leftMultiplier;
        _rightMultiplier = rightMultiplier;
        _minimum = minimum;
        _maximum = maximum;
    }

    public override void Run(Workspace workspace)
    {
        ReadOnlySpan<short> left = workspace.Elements(_left);
        ReadOnlySpan<short> right = workspace.Elements(_right);
        Span<short> output = workspace.Elements(_output);
        int done = _variant switch
        {
            KernelVariant.Avx512 => Run<Vector512<int>, ShortLanes512>(left, right, output, 0),
            KernelVariant.Avx2 or KernelVariant.AvxVnni => Run<Vector256<int>, ShortLanes256>(left, right, output, 0),
            KernelVariant.Scalar => 0,
            _ => Run<Vector128<int>, ShortLanes128>(left, right, output, 0),
        };
        Run<int, ShortLanes1>(left, right, output, done);
    }

    /// <summary>Goes on from element <paramref name="i"/> while a whole vector is left.</summary>
    /// <returns>The first element not computed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Run<TVector, TLanes>(ReadOnlySpan<short> left, ReadOnlySpan<short> right, Span<short> output, int i)
        where TVector : struct where TLanes : IShortLanes<TVector>
    {
        ref short first = ref MemoryMarshal.GetReference(left);
        ref short second = ref MemoryMarshal.GetReference(right);
        ref short result = ref MemoryMarshal.GetReference(output);
        TVector leftFactor = TLanes.Create(BitConverter.SingleToInt32Bits(_leftMultiplier));
        TVector rightFactor = TLanes.Create(BitConverter.SingleToInt32Bits(_rightMultiplier));
        for (; i <= output.Length - TLanes.Count; i += TLanes.Count)
        {
            TVector a = TLanes.Multiply(TLanes.ToFloat(TLanes.LoadShorts(ref first, (nuint)i)), leftFactor);
            TVector b = TLanes.Multiply(TLanes.ToFloat(TLanes.LoadShorts(ref second, (nuint)i)), rightFactor);
            TLanes.StoreShorts(TLanes.RoundSum(a, b, _minimum, _maximum), ref result, (nuint)i);
        }
        return i;
    }
}
