namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// What errors of a layer's output channels do to the network's output: the error e of a place, a number a channel, costs e' G e, with a
/// symmetric G. An error of one channel may make up for that of another: rounded one after the other, each channel can be drawn to where
/// it does, so that less of its own error counts (Tseng et al. 2025, https://arxiv.org/abs/2505.22988).
/// </summary>
internal sealed class OutputCurvature
{
    private readonly double[] _matrix;
    private readonly double[] _factor;

    private OutputCurvature(double[] matrix, double[] factor, int outputs) => (_matrix, _factor, Outputs) = (matrix, factor, outputs);

    /// <summary>Number of channels.</summary>
    public int Outputs { get; }

    /// <summary>The curvature of a matrix.</summary>
    /// <param name="matrix">[outputs][outputs], symmetric; of one that is not positive definite only the diagonal counts.</param>
    /// <param name="outputs">Number of channels.</param>
    public static OutputCurvature Of(double[] matrix, int outputs)
    {
        double[] factor = [.. matrix];
        if (SymmetricMatrix.TryFactorInverse(factor, outputs)) return new OutputCurvature(matrix, factor, outputs);
        return Of([.. Enumerable.Range(0, outputs).Select(o => matrix[o * outputs + o])]);
    }

    /// <summary>The curvature of channels that do not depend on each other.</summary>
    /// <param name="shares">What an error of 1 of each costs; positive.</param>
    public static OutputCurvature Of(double[] shares)
    {
        (double[] matrix, double[] factor) = (new double[shares.Length * shares.Length], new double[shares.Length * shares.Length]);
        for (int o = 0; o < shares.Length; o++) (matrix[o * shares.Length + o], factor[o * shares.Length + o]) = (shares[o], 1 / Math.Sqrt(shares[o]));
        return new OutputCurvature(matrix, factor, shares.Length);
    }

    /// <summary>What an error of 1 costs, of each channel, all others being right.</summary>
    public double[] Shares => [.. Enumerable.Range(0, Outputs).Select(o => _matrix[o * Outputs + o])];

    /// <summary>What errors of a channel and another cost together.</summary>
    public ReadOnlySpan<double> Row(int output) => _matrix.AsSpan(output * Outputs, Outputs);

    /// <summary>How an error of a channel, in units of its own entry, is spread over the later ones.</summary>
    public ReadOnlySpan<double> Spread(int output) => _factor.AsSpan(output * Outputs, Outputs);

    /// <summary>What an error of 1 of a channel costs, once the later ones make up for it.</summary>
    public double Rest(int output) => 1 / (_factor[output * Outputs + output] * _factor[output * Outputs + output]);

    /// <summary>Of some of the channels, the others being right.</summary>
    public OutputCurvature Of(int first, int count)
    {
        if (count == Outputs) return this;
        double[] block = new double[count * count];
        for (int o = 0; o < count; o++) Row(first + o).Slice(first, count).CopyTo(block.AsSpan(o * count));
        return Of(block, count);
    }

    /// <summary>Everything so many times as much.</summary>
    public OutputCurvature Times(double factor)
    {
        double root = 1 / Math.Sqrt(factor);
        return new OutputCurvature(Array.ConvertAll(_matrix, entry => entry * factor), Array.ConvertAll(_factor, entry => entry * root), Outputs);
    }
}
