using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Brings an image of the int8 path to floats (NHWC): <c>x = (q - zeroPoint) * scale</c>.</summary>
internal sealed class Dequantize : Layer
{
    private readonly ImageBuffer _input;
    private readonly FlatBuffer<float> _output;
    private readonly float _scale;
    private readonly int _zeroPoint;

    /// <param name="input">The image.</param>
    /// <param name="output">[height, width, channels] of the input, or a vector of channels.</param>
    /// <param name="scale">Scale of the input.</param>
    /// <param name="zeroPoint">Zero point of the input.</param>
    public Dequantize(ImageBuffer input, FlatBuffer<float> output, float scale, int zeroPoint)
    {
        BufferChecks.SameLength(input, output);
        _input = input;
        _output = output;
        _scale = scale;
        _zeroPoint = zeroPoint;
    }

    public override void Run(Workspace workspace)
    {
        Span<byte> image = workspace.Bytes(_input);
        Span<float> destination = workspace.Elements(_output);
        if (_input.Size == 1)
        {
            Convert(KernelVariants.Elementwise, image, destination, _scale, _zeroPoint);
            return;
        }
        Span<byte> bytes = stackalloc byte[ChannelsLast.BlockBytes];
        for (PixelBlock block = PixelBlock.First(_input); block.Y < _input.Height; block = block.Next(_input))
        {
            ChannelsLast.Load(image, bytes, _input, block);
            Convert(KernelVariants.Elementwise, bytes, destination.Slice(block.Start(_input), block.Length), _scale, _zeroPoint);
        }
    }

    /// <summary>Dequantises an array.</summary>
    /// <param name="variant">An instruction set of this CPU.</param>
    /// <param name="source">Bytes, as many or more.</param>
    /// <param name="destination">Real numbers.</param>
    /// <param name="scale">Scale of the bytes.</param>
    /// <param name="zeroPoint">Zero point of the bytes.</param>
    public static void Convert(KernelVariant variant, ReadOnlySpan<byte> source, Span<float> destination, float scale, int zeroPoint)
    {
        source = source.Slice(0, destination.Length);
        int done = variant switch
        {
            KernelVariant.Avx512 => Convert<Vector512<float>, FloatLanes512>(source, destination, scale, zeroPoint, 0),
            KernelVariant.Avx2 or KernelVariant.AvxVnni => Convert<Vector256<float>, FloatLanes256>(source, destination, scale, zeroPoint, 0),
            KernelVariant.Vector128 => Convert<Vector128<float>, FloatLanes128>(source, destination, scale, zeroPoint, 0),
            _ => 0,
        };
        Convert<float, FloatLanes1>(source, destination, scale, zeroPoint, done);
    }

    /// <summary>Goes on from element <paramref name="i"/> while a whole vector is left.</summary>
    /// <returns>The first element not converted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Convert<TVector, TLanes>(ReadOnlySpan<byte> source, Span<float> destination, float scale, int zeroPoint, int i)
        where TVector : struct where TLanes : IFloatLanes<TVector>
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        TVector zero = TLanes.Create(zeroPoint);
        TVector factor = TLanes.Create(scale);
        for (; i <= destination.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Multiply(TLanes.Subtract(TLanes.LoadBytes(ref from, (nuint)i), zero), factor), ref to, (nuint)i);
        }
        return i;
    }
}
