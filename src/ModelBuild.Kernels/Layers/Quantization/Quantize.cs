using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Brings floats (NHWC) to the int8 path: <c>q = requantise(x * (1 / scale) + offset)</c>, NaN becoming 0.</summary>
internal sealed class Quantize : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly ImageBuffer _output;
    private readonly float _inverseScale;
    private readonly float _offset;
    private readonly Requantization _requantization;

    /// <param name="input">[height, width, channels] of the output, or a vector of channels.</param>
    /// <param name="output">The image.</param>
    /// <param name="scale">Scale of the output.</param>
    /// <param name="zeroPoint">Zero point of the output.</param>
    /// <param name="offset">Added before rounding, in steps.</param>
    public Quantize(FlatBuffer<float> input, ImageBuffer output, float scale, int zeroPoint, float offset)
    {
        BufferChecks.SameLength(output, input);
        BufferChecks.Require(scale > 0, "a scale is positive");
        _input = input;
        _output = output;
        _inverseScale = 1f / scale;
        _offset = offset;
        _requantization = new Requantization(zeroPoint);
    }

    public override void Run(Workspace workspace)
    {
        Span<byte> image = workspace.Bytes(_output);
        Store(workspace.Elements(_input), image, _output, _inverseScale, _offset, _requantization);
        _output.FillBorder(image);
    }

    /// <summary>Quantises NHWC floats into the pixels of an image.</summary>
    /// <param name="source">[height, width, channels].</param>
    /// <param name="image">The bytes of <paramref name="geometry"/>.</param>
    /// <param name="geometry">Layout of the image.</param>
    /// <param name="inverseScale">1 / scale, rounded to float.</param>
    /// <param name="offset">Added before rounding, in steps.</param>
    /// <param name="requantization">The last step.</param>
    public static void Store(
        ReadOnlySpan<float> source, Span<byte> image, ImageBuffer geometry, float inverseScale, float offset, Requantization requantization)
    {
        if (geometry.Size == 1)
        {
            Convert(KernelVariants.Elementwise, source, image, inverseScale, offset, requantization);
            return;
        }
        Span<byte> bytes = stackalloc byte[ChannelsLast.BlockBytes];
        for (PixelBlock block = PixelBlock.First(geometry); block.Y < geometry.Height; block = block.Next(geometry))
        {
            Convert(KernelVariants.Elementwise, source.Slice(block.Start(geometry), block.Length), bytes, inverseScale, offset, requantization);
            ChannelsLast.Store(bytes, image, geometry, block);
        }
    }

    /// <summary>Quantises an array.</summary>
    /// <param name="variant">An instruction set of this CPU.</param>
    /// <param name="source">Real numbers.</param>
    /// <param name="destination">Room for as many bytes.</param>
    /// <param name="inverseScale">1 / scale, rounded to float.</param>
    /// <param name="offset">Added before rounding, in steps.</param>
    /// <param name="requantization">The last step.</param>
    public static void Convert(
        KernelVariant variant, ReadOnlySpan<float> source, Span<byte> destination, float inverseScale, float offset, Requantization requantization)
    {
        destination = destination.Slice(0, source.Length);
        int done = variant switch
        {
            KernelVariant.Avx512 => Convert<Vector512<float>, FloatLanes512>(source, destination, inverseScale, offset, requantization, 0),
            KernelVariant.Avx2 or KernelVariant.AvxVnni => Convert<Vector256<float>, FloatLanes256>(source, destination, inverseScale, offset, requantization, 0),
            KernelVariant.Vector128 => Convert<Vector128<float>, FloatLanes128>(source, destination, inverseScale, offset, requantization, 0),
            _ => 0,
        };
        Convert<float, FloatLanes1>(source, destination, inverseScale, offset, requantization, done);
    }

    /// <summary>Goes on from element <paramref name="i"/> while a whole vector is left.</summary>
    /// <returns>The first element not converted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Convert<TVector, TLanes>(
        ReadOnlySpan<float> source, Span<byte> destination, float inverseScale, float offset, Requantization requantization, int i)
        where TVector : struct where TLanes : IFloatLanes<TVector>
    {
        ref float from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(destination);
        TVector factor = TLanes.Create(inverseScale), addend = TLanes.Create(offset);
        for (; i <= source.Length - TLanes.Count; i += TLanes.Count)
        {
            TVector steps = TLanes.Add(TLanes.Multiply(TLanes.Load(ref from, (nuint)i), factor), addend);
            TLanes.StoreBytes(steps, requantization, ref to, (nuint)i);
        }
        return i;
    }
}
