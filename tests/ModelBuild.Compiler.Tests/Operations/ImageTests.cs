using System.Buffers.Binary;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Reference;
using ModelBuild.Compiler.Tests.Data;
using static ModelBuild.Compiler.Tests.Import.Definitions;
using NonMaxSuppression = ModelBuild.Compiler.Graph.Operations.NonMaxSuppression;

namespace ModelBuild.Compiler.Tests.Operations;

/// <summary>Images, detection and sound: element types, results whose shape depends on the data, files.</summary>
public sealed class ImageTests
{
    private static Tensor Scalar(float value) => Tensor.Of(Shape.Scalar, [value]);

    private static Tensor File(params byte[] bytes) => new(DataType.String, Shape.Scalar, new[] { bytes });

    [Fact]
    public void ResizingIntegersGivesFloatsUnlessNearest()
    {
        Tensor x = new(DataType.Int64, Shape.Of(1, 1, 2, 1), new long[] { 10, 20 }), size = Tensor.Of(Shape.Of(2), [1, 4]);
        Tensor linear = ReferenceOperations.Run(new Resize(ResizeKind.Bilinear, false, false), [x, size])[0];
        Assert.Equal([10, 15, 20, 20], linear.Elements<float>().ToArray());
        Tensor nearest = ReferenceOperations.Run(new Resize(ResizeKind.Nearest, false, false), [x, size])[0];
        Assert.Equal([10L, 10L, 20L, 20L], nearest.Elements<long>().ToArray());
    }

    [Fact]
    public void TheNumberOfSelectedBoxesIsNotKnownBefore()
    {
        Value[] inputs =
        [
            new("boxes", DataType.Float32, Shape.Of(3, 4)), new("scores", DataType.Float32, Shape.Of(Shape.Unknown)),
            Value.Of("most", Integer(5)), Value.Of("overlap", Scalar(0.5f)), Value.Of("score", Scalar(0)), Value.Of("sigma", Scalar(0)),
        ];
        Assert.Equal(Shape.Of(Shape.Unknown), new NonMaxSuppression(false, false).Infer(inputs)[0].Shape);
        Assert.Equal(Shape.Of(5), new NonMaxSuppression(true, false).Infer(inputs)[0].Shape);
    }

    [Fact]
    public void HalvesAreSuppressedToo()
    {
        Half[] boxes = [.. new[] { 0f, 0, 1, 1, 0, 0, 1, 1, 5, 5, 6, 6 }.Select(side => (Half)side)];
        Tensor[] inputs =
        [
            new(DataType.Float16, Shape.Of(3, 4), boxes), new(DataType.Float16, Shape.Of(3), new[] { (Half)0.5f, (Half)0.75f, (Half)0.25f }),
            Integer(3), Scalar(0.5f), Scalar(0.1f), Scalar(0),
        ];
        IReadOnlyList<Tensor> results = ReferenceOperations.Run(new NonMaxSuppression(false, false), inputs);
        Assert.Equal([1, 2], results[0].Elements<int>().ToArray());
        Assert.Equal([(Half)0.75f, (Half)0.25f], results[1].Elements<Half>().ToArray());
    }

    [Fact]
    public void ContrastIsTheDistanceFromTheMeanOfEachImage()
    {
        GraphDef graph = Define(Placeholder("x", Float, 2, 1, 2, 1), Const("factor", 3f), Node("y = AdjustContrastv2(x, factor)"));
        Assert.Equal([-2, 4, 10, 10], Run(Load(graph, "y"), Tensor.Of(Shape.Of(2, 1, 2, 1), [0f, 2, 10, 10])));
    }

    [Theory]
    [InlineData(new[] { 4, 6 })]
    [InlineData(new[] { 5, 3 })]
    public void RealTransformsOfTwoDimensionsGoThereAndBack(int[] lengths)
    {
        Tensor x = Tensor.Of(Shape.Of(2, 3, 3), [.. Enumerable.Range(0, 18).Select(i => i * 5 % 7 - 3f)]);
        Tensor length = Tensor.Of(Shape.Of(2), lengths);
        Tensor spectrum = ReferenceOperations.Run(new Fourier(FourierKind.RealForward, 2), [x, length])[0];
        Assert.Equal(Shape.Of(2, lengths[0], lengths[1] / 2 + 1), spectrum.Shape);
        Tensor back = ReferenceOperations.Run(new Fourier(FourierKind.RealInverse, 2), [spectrum, length])[0];
        for (int image = 0; image < 2; image++)
            for (int row = 0; row < lengths[0]; row++)
                for (int column = 0; column < lengths[1]; column++)
                {
                    float expected = row < 3 && column < 3 ? x.Elements<float>()[(image * 3 + row) * 3 + column] : 0;
                    Assert.Equal(expected, back.Elements<float>()[(image * lengths[0] + row) * lengths[1] + column], 1e-5f);
                }
    }

    [Fact]
    public void APictureOfEachElementType()
    {
        Tensor png = File(PictureBytes.Png(1, 2, 1, 0, 255)), jpeg = File(PictureBytes.GreyJpeg());
        Tensor wide = ReferenceOperations.Run(new DecodeImage(0, DataType.UInt16, FrameMode.One), [png])[0];
        Assert.Equal([0, 65535], wide.Elements<ushort>().ToArray());
        Tensor real = ReferenceOperations.Run(new DecodeImage(0, DataType.Float32, FrameMode.AsStored), [png])[0];
        Assert.Equal([0, 1], real.Elements<float>().ToArray());
        Tensor pixels = ReferenceOperations.Run(new DecodeImage(3, DataType.UInt8, FrameMode.One), [jpeg])[0];
        Assert.Equal(Shape.Of(8, 8, 3), pixels.Shape);
        Assert.All(pixels.Elements<byte>().ToArray(), level => Assert.Equal(192, level));
    }

    [Theory]
    [InlineData(FrameMode.All, new[] { 2, 1, 1, 3 })]
    [InlineData(FrameMode.AsStored, new[] { 2, 1, 1, 3 })]
    [InlineData(FrameMode.First, new[] { 1, 1, 3 })]
    public void AnAnimationHasFrames(FrameMode frames, int[] shape)
    {
        // Two frames of one pixel: colour 0 (1, 2, 3), then colour 1 (4, 5, 6). The code of a pixel has 3 bits: clear (4), colour, end (5).
        byte[] Frame(byte codes) => [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, codes, 1, 0];
        byte[] gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6, .. Frame(0b01_000_100), .. Frame(0b01_001_100), 0x3B];
        Tensor pixels = ReferenceOperations.Run(new DecodeImage(frames == FrameMode.All ? 3 : 0, DataType.UInt8, frames), [File(gif)])[0];
        Assert.Equal(Shape.Of(shape), pixels.Shape);
        Assert.Equal(frames == FrameMode.First ? [1, 2, 3] : [1, 2, 3, 4, 5, 6], pixels.Elements<byte>().ToArray());
        Errors.Assert(
            DiagnosticCode.DataUnreadable, () => ReferenceOperations.Run(new DecodeImage(0, DataType.UInt8, FrameMode.One), [File(gif)]), "2 frames");
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 2, 3, 4 })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0 })]
    [InlineData(new byte[] { (byte)'B', (byte)'M', 0, 0 })]
    [InlineData(new byte[] { (byte)'G', (byte)'I', (byte)'F', (byte)'8', 9 })]
    public void WhatIsNoPictureIsAnError(byte[] file)
    {
        DecodeImage decode = new(0, DataType.UInt8, FrameMode.One);
        Errors.Assert(DiagnosticCode.DataUnreadable, () => ReferenceOperations.Run(decode, [File(file)]), "cannot be decoded");
    }

    [Fact]
    public void SoundIsCutAndFilledUp()
    {
        byte[] wav = new byte[44 + 8];
        "RIFF....WAVEfmt "u8.CopyTo(wav);
        wav[16] = 16;
        (wav[20], wav[22], wav[34]) = (1, 2, 16);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), 8000);
        "data"u8.CopyTo(wav.AsSpan(36));
        wav[40] = 8;
        short[] samples = [16384, -32768, 8192, 0];
        for (int i = 0; i < samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(44 + 2 * i), samples[i]);
        IReadOnlyList<Tensor> whole = ReferenceOperations.Run(new DecodeWav(-1, -1), [File(wav)]);
        Assert.Equal([0.5f, -1, 0.25f, 0], whole[0].Elements<float>().ToArray());
        Assert.Equal([8000], whole[1].Elements<int>().ToArray());
        Assert.Equal([0.5f, 0.25f, 0], ReferenceOperations.Run(new DecodeWav(1, 3), [File(wav)])[0].Elements<float>().ToArray());
        Assert.Equal([0.5f, -1, -1], ReferenceOperations.Run(new DecodeWav(3, 1), [File(wav)])[0].Elements<float>().ToArray());
        Errors.Assert(DiagnosticCode.DataUnreadable, () => ReferenceOperations.Run(new DecodeWav(-1, -1), [File(wav[..50])]), "cut off");
    }
}
