namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>A group of a layer ready to be rounded, with any scales, any number of times.</summary>
/// <param name="Weights">[input][output], float weights.</param>
/// <param name="Rounding">By second order; null where the statistics do not allow it, and each weight goes to the nearest level.</param>
internal sealed record GroupRounding(double[] Weights, SecondOrderRounding? Rounding)
{
    /// <summary>Prepares a group.</summary>
    /// <param name="geometry">The layer.</param>
    /// <param name="group">Number of the group.</param>
    /// <param name="moments">Its statistics.</param>
    /// <param name="weights">All weights of the layer, in TensorFlow's order.</param>
    public static GroupRounding Of(LayerGeometry geometry, int group, SecondMoments moments, float[] weights)
    {
        double[] real = new double[geometry.Inputs * geometry.Outputs];
        for (int i = 0; i < geometry.Inputs; i++)
            for (int o = 0; o < geometry.Outputs; o++) real[i * geometry.Outputs + o] = weights[geometry.Weight(group, i, o)];
        return new GroupRounding(real, SecondOrderRounding.Create(moments));
    }

    /// <summary>Rounds all groups of a layer.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="geometry">The layer.</param>
    /// <param name="like">Scales, shape and the levels to choose from; its values are not read.</param>
    /// <param name="levelCosts">See <see cref="SecondOrderRounding.Round"/>.</param>
    /// <returns>The weights, and the squared error of the outputs in the mean over the places.</returns>
    public static (QuantizedWeights Weights, double Error) RoundAll(
        GroupRounding[] groups, LayerGeometry geometry, QuantizedWeights like, double[]? levelCosts)
    {
        sbyte[] values = new sbyte[like.Values.Length];
        double[] errors = new double[groups.Length];
        Parallel.For(0, groups.Length, group =>
        {
            float[] scales = like.Scales.AsSpan(group * geometry.Outputs, geometry.Outputs).ToArray();
            (sbyte[] levels, errors[group]) = groups[group].Round(scales, levelCosts, like.Levels, group * geometry.Outputs);
            levels.CopyTo(values, geometry.KernelWeight(group, 0, 0));
        });
        return (like with { Values = values }, errors.Sum());
    }

    private (sbyte[] Levels, double Error) Round(float[] scales, double[]? levelCosts, LevelSet set, int channel)
    {
        if (Rounding is not null) return Rounding.Round(Weights, scales, levelCosts, set, channel);
        int inputs = Weights.Length / scales.Length;
        sbyte[] levels = new sbyte[Weights.Length];
        for (int i = 0; i < Weights.Length; i++)
        {
            (int input, int output) = Math.DivRem(i, scales.Length);
            levels[output * inputs + input] = (sbyte)set.Nearest(Weights[i] / scales[output], channel + output, input);
        }
        return (levels, 0);
    }
}
