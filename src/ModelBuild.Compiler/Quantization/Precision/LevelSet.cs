namespace ModelBuild.Compiler.Quantization;

/// <summary>The levels, integers of -127..127, that the weights of a layer may have.</summary>
internal abstract record LevelSet
{
    /// <summary>All that int8 has.</summary>
    public static readonly LevelSet Int8 = new Range(sbyte.MaxValue);

    /// <summary>The level that is nearest to a number.</summary>
    /// <param name="real">A weight over the scale of its channel.</param>
    /// <param name="channel">Output channel of the layer.</param>
    /// <param name="input">Input of the channel, in the kernels' order.</param>
    public abstract double Nearest(double real, int channel, int input);

    /// <summary>All integers from -<paramref name="Greatest"/> to <paramref name="Greatest"/>.</summary>
    public sealed record Range(int Greatest) : LevelSet
    {
        public override double Nearest(double real, int channel, int input) => Math.Clamp(Math.Round(real), -Greatest, Greatest);
    }

    /// <summary>Some integers, in ascending order.</summary>
    public sealed record Codebook(int[] Levels) : LevelSet
    {
        public override double Nearest(double real, int channel, int input)
        {
            int low = 0, high = Levels.Length - 1;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (real > (Levels[middle] + Levels[middle + 1]) / 2.0) low = middle + 1;
                else high = middle;
            }
            return Levels[low];
        }
    }

    /// <summary>Multiples of a step, -greatest to greatest of it, the step being one for each run of inputs of a channel.</summary>
    /// <param name="Greatest">Greatest multiple.</param>
    /// <param name="Size">Inputs of a run.</param>
    /// <param name="Steps">[channel][run].</param>
    public sealed record Grouped(int Greatest, int Size, byte[][] Steps) : LevelSet
    {
        public override double Nearest(double real, int channel, int input)
        {
            int step = Steps[channel][input / Size];
            return step * Math.Clamp(Math.Round(real / step), -Greatest, Greatest);
        }
    }
}
