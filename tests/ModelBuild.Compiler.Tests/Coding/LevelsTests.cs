using ModelBuild.Compiler.Coding;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Tests.Coding;

/// <summary>Weights of few bits come back from the blob as kernels take them.</summary>
public class LevelsTests
{
    [Theory]
    [InlineData(5, 64, 16)]
    [InlineData(3, 50, 16)]
    [InlineData(4, 9, 32)]
    public void Groups_come_back(int rows, int row, int group)
    {
        sbyte[] levels = Levels(rows, row, group);
        byte[] coded = LevelsEncoder.EncodeGrouped(levels, [rows, row], group);
        Assert.Equal(levels, new WeightBlob(coded).Read<sbyte>(0, coded.Length, levels.Length, WeightBlob.Grouped));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void Scaled_levels_come_back_as_floats_outputs_last(int group)
    {
        (int outputs, int inputs) = (3, 40);
        sbyte[] levels = Levels(outputs, inputs, Math.Max(group, 1));
        float[] scales = [0.5f, 0.01f, 3];
        byte[] coded = LevelsEncoder.EncodeScaled(levels, [outputs, inputs], scales, group);
        float[] weights = new WeightBlob(coded).Read<float>(0, coded.Length, levels.Length, WeightBlob.Scaled);
        for (int i = 0; i < weights.Length; i++) Assert.Equal(levels[i % outputs * inputs + i / outputs] * scales[i % outputs], weights[i]);
    }

    [Fact]
    public void Halves_come_back_as_the_nearest_floats()
    {
        float[] values = [0, 1, -0.1f, 1e-7f, 65504];
        byte[] coded = LevelsEncoder.EncodeHalves(values)!;
        Assert.Equal(values.Select(value => (float)(Half)value), new WeightBlob(coded).Read<float>(0, coded.Length, values.Length, WeightBlob.Halves));
        Assert.Null(LevelsEncoder.EncodeHalves([1e6f]));
    }

    [Theory]
    [InlineData(WeightBlob.Grouped)]
    [InlineData(WeightBlob.Scaled)]
    public void Damage_is_found(string coding)
    {
        sbyte[] levels = Levels(4, 32, 8);
        byte[] coded = coding == WeightBlob.Grouped ? LevelsEncoder.EncodeGrouped(levels, [4, 32], 8) : LevelsEncoder.EncodeScaled(levels, [4, 32], [1, 2, 3, 4], 8);
        Random random = new(1);
        int found = 0;
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = [.. coded[..random.Next(coded.Length)]];
            if (i % 2 == 0)
            {
                damaged = [.. coded];
                damaged[random.Next(coded.Length)] ^= (byte)random.Next(1, 256);
            }
            Exception? error = Record.Exception(() =>
            {
                WeightBlob blob = new(damaged);
                if (coding == WeightBlob.Grouped) blob.Read<sbyte>(0, damaged.Length, levels.Length, coding);
                else blob.Read<float>(0, damaged.Length, levels.Length, coding);
            });
            if (error is not null) Assert.IsType<InvalidDataException>(error);
            found += error is null ? 0 : 1;
        }
        Assert.InRange(found, 100, 200);
    }

    private static sbyte[] Levels(int rows, int row, int group)
    {
        Random random = new(row);
        sbyte[] levels = new sbyte[rows * row];
        for (int start = 0; start < levels.Length; start += row)
        {
            for (int first = start; first < start + row; first += group)
            {
                int step = random.Next(1, 19);
                for (int i = first; i < Math.Min(first + group, start + row); i++) levels[i] = (sbyte)(step * random.Next(-7, 8));
            }
        }
        return levels;
    }
}
