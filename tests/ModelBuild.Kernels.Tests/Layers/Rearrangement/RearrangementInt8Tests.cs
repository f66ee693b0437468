namespace ModelBuild.Kernels.Tests;

public class RearrangementInt8Tests
{
    [Theory]
    [InlineData(4, 4, 64, 1, 1, 1024)]
    [InlineData(1, 1, 1024, 4, 4, 64)]
    [InlineData(3, 5, 7, 1, 1, 105)]
    [InlineData(2, 6, 4, 3, 2, 8)]
    [InlineData(2, 3, 2, 4, 3, 1)]
    public void ReshapeInt8_keeps_the_order(int height, int width, int channels, int newHeight, int newWidth, int newChannels)
    {
        Arena arena = new(height);
        ImageBuffer input = arena.Image(channels, height, width), output = arena.Image(newChannels, newHeight, newWidth);
        byte[] pixels = arena.Fill(input);
        new ReshapeInt8(input, output).Run(arena.Workspace);
        Assert.Equal(pixels, arena.Read(output));
    }

    [Theory]
    [InlineData(4, 8, 12)]
    [InlineData(1, 2, 3)]
    [InlineData(5, 4, 7)]
    [InlineData(3, 9, 16)]
    public void ConcatInt8_joins_channels_and_requantises(params int[] channels)
    {
        Arena arena = new(channels[0]);
        ImageBuffer output = arena.Image(channels.Sum(), 5, 6);
        ImageBuffer[] inputs = [.. channels.Select(count => arena.Image(count, 5, 6))];
        byte[][] pixels = [.. inputs.Select(arena.Fill)];
        byte[] expected = new byte[30 * output.Channels];
        int first = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            float multiplier = 0.6f + i * 0.3f;
            new ConcatInt8(inputs[i], output, first, multiplier, 100 + i, 90).Run(arena.Workspace);
            for (int k = 0; k < pixels[i].Length; k++)
            {
                int place = k / channels[i] * output.Channels + first + k % channels[i];
                expected[place] = Definition.Requantize((pixels[i][k] - 100 - i) * multiplier, 90);
            }
            first += channels[i];
        }
        Assert.Equal(expected, arena.Read(output));
    }

    [Theory]
    [InlineData(4, 1, 2, 0, 0)]
    [InlineData(7, 0, 3, 2, 1)]
    public void PadInt8_puts_the_value_around(int channels, int top, int left, int bottom, int right)
    {
        Arena arena = new(channels);
        ImageBuffer input = arena.Image(channels, 5, 6), output = arena.Image(channels, 5 + top + bottom, 6 + left + right);
        byte[] pixels = arena.Fill(input), expected = new byte[output.Height * output.Width * channels];
        arena.Fill(output);
        Array.Fill(expected, (byte)77);
        for (int y = 0; y < 5; y++) pixels.AsSpan(y * 6 * channels, 6 * channels).CopyTo(expected.AsSpan(((y + top) * output.Width + left) * channels));
        new PadInt8(input, output, top, left, 77).Run(arena.Workspace);
        Assert.Equal(expected, arena.Read(output));
    }

    [Theory]
    [InlineData(8, 0, 0, 0, 8, 0.7f)]
    [InlineData(12, 1, 2, 4, 7, 0.7f)]
    [InlineData(11, 0, 1, 3, 6, 0.7f)]
    [InlineData(7, 2, 3, 5, 2, 0.7f)]
    [InlineData(12, 1, 2, 4, 7, 1)]
    [InlineData(11, 0, 1, 3, 6, 1)]
    public void SliceInt8_cuts_a_box_out_and_requantises(int channels, int top, int left, int channel, int count, float multiplier)
    {
        Arena arena = new(channels);
        ImageBuffer input = arena.Image(channels, 5, 6), output = arena.Image(count, 3, 3);
        byte[] pixels = arena.Fill(input), expected = new byte[9 * count];
        arena.Fill(output);
        for (int i = 0; i < expected.Length; i++)
        {
            (int y, int x, int c) = (top + i / count / 3, left + i / count % 3, channel + i % count);
            expected[i] = Definition.Requantize((pixels[(y * 6 + x) * channels + c] - 100) * multiplier, 100);
        }
        new SliceInt8(input, output, top, left, channel, multiplier, 100, 100).Run(arena.Workspace);
        Assert.Equal(expected, arena.Read(output));
    }

    [Theory]
    [InlineData(0.7f)]
    [InlineData(1)]
    public void SliceInt8_takes_vectors(float multiplier)
    {
        Arena arena = new(3);
        ImageBuffer input = arena.Image(90, 1, 1, plain: true), output = arena.Image(41, 1, 1, plain: true);
        byte[] expected = arena.Fill(input)[38..79];
        for (int i = 0; i < expected.Length; i++) expected[i] = Definition.Requantize((expected[i] - 100) * multiplier, 100);
        new SliceInt8(input, output, 0, 0, 38, multiplier, 100, 100).Run(arena.Workspace);
        Assert.Equal(expected, arena.Read(output));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        ImageBuffer small = new(0, 4, 2, 2, 2, 0, 4, -1), large = new(64, 6, 2, 2, 2, 0, 4, -1);
        Assert.Throws<ArgumentException>(() => new ReshapeInt8(small, large));
        Assert.Throws<ArgumentException>(() => new ConcatInt8(small, large, 4, 1, 0, 0));
        Assert.Throws<ArgumentException>(() => new PadInt8(small, small, 1, 0, 0));
        Assert.Throws<ArgumentException>(() => new SliceInt8(large, small, 0, 0, 3, 1, 0, 0));
    }
}
