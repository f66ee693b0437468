namespace ModelBuild.Kernels.Tests;

public class ElementwiseFloatTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(64)]
    public void AddFloat_adds_within_limits(int length)
    {
        Arena arena = new(length);
        FlatBuffer<float> left = arena.Flat(length), right = arena.Flat(length), output = arena.Flat(length);
        float[] a = arena.Fill(left), b = arena.Fill(right);
        new AddFloat(left, right, output, -1, 2).Run(arena.Workspace);
        Assert.Equal(a.Zip(b, (x, y) => Math.Clamp(x + y, -1, 2)), arena.Read(output));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    public void ClampFloat_limits_and_keeps_NaN(int length)
    {
        Arena arena = new(length);
        FlatBuffer<float> input = arena.Flat(length), output = arena.Flat(length);
        float[] values = arena.Fill(input);
        arena.Workspace.Elements(input)[0] = values[0] = float.NaN;
        arena.Workspace.Elements(input)[^1] = values[^1] = float.NaN;
        new ClampFloat(input, output, -0.5f, float.PositiveInfinity).Run(arena.Workspace);
        Assert.Equal(values.Select(x => x < -0.5f ? -0.5f : x), arena.Read(output));
    }

    [Fact]
    public void UnaryFloat_takes_functions_by_name()
    {
        Arena arena = new(1);
        FlatBuffer<float> input = arena.Flat(20), output = arena.Flat(20);
        float[] values = arena.Fill(input);
        new UnaryFloat(input, output, "HardSwish").Run(arena.Workspace);
        Assert.Equal(values.Select(x => x * (Math.Clamp(x + 3, 0, 6) * (1f / 6))), arena.Read(output));
        Assert.Throws<ArgumentException>(() => new UnaryFloat(input, output, "Hardly"));
    }
}
