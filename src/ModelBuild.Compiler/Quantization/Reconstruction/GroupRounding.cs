namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>A group of a layer ready to be rounded, with any scales, any number of times.</summary>
/// <param name="Weights">[input][output], real weights with which the outputs, of the quantised inputs, come nearest to the float layer's.</param>
/// <param name="Curvature">What errors of its outputs cost.</param>
/// <param name="Rounding">By second order; null where the statistics do not allow it, and each weight goes to the nearest level.</param>
internal sealed record GroupRounding(double[] Weights, OutputCurvature Curvature, SecondOrderRounding? Rounding)
{
    /// <summary>Prepares a group.</summary>
    /// <param name="geometry">The layer.</param>
    /// <param name="group">Number of the group.</param>
    /// <param name="moments">Its statistics.</param>
    /// <param name="samples">How many samples they are from.</param>
    /// <param name="weights">All weights of the layer, in TensorFlow's order.</param>
    /// <param name="curvature">What errors of all outputs of the layer cost.</param>
    /// <param name="isCoarse">Levels are to be coarser than bytes.</param>
    public static GroupRounding Of(
        LayerGeometry geometry, int group, SecondMoments moments, int samples, float[] weights, OutputCurvature curvature, bool isCoarse)
    {
        double[] real = new double[geometry.Inputs * geometry.Outputs];
        for (int i = 0; i < geometry.Inputs; i++)
            for (int o = 0; o < geometry.Outputs; o++) real[i * geometry.Outputs + o] = weights[geometry.Weight(group, i, o)];
        OutputCurvature own = curvature.Of(group * geometry.Outputs, geometry.Outputs);
        SecondOrderRounding? rounding = SecondOrderRounding.Create(moments, samples, own, isCoarse);
        return new GroupRounding(rounding is null ? real : rounding.Fit(real), own, rounding);
    }

    /// <summary>Rounds all groups of a layer.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="geometry">The layer.</param>
    /// <param name="like">Scales, shape and the levels to choose from; its values are not read.</param>
    /// <param name="rate">What levels cost; null for nothing.</param>
    /// <returns>The weights.</returns>
    public static QuantizedWeights RoundAll(GroupRounding[] groups, LayerGeometry geometry, QuantizedWeights like, LayerRate? rate) =>
        ForGroups(groups, geometry, like, (group, scales, levels) =>
            groups[group].Round(scales, rate, levels, like.Levels, group * geometry.Outputs));

    /// <summary>Improves levels one at a time; see <see cref="SecondOrderRounding.Refine"/>.</summary>
    public static QuantizedWeights RefineAll(GroupRounding[] groups, LayerGeometry geometry, QuantizedWeights weights, LayerRate rate) =>
        ForGroups(groups, geometry, weights, (group, scales, levels) =>
            groups[group].Rounding?.Refine(groups[group].Weights, scales, rate, levels));

    /// <summary>What the errors of each output channel cost, and the factor that would make its squared error least.</summary>
    public static (double Error, double Gain)[] ErrorsAll(GroupRounding[] groups, LayerGeometry geometry, QuantizedWeights weights)
    {
        (double, double)[] result = new (double, double)[weights.Scales.Length];
        ForGroups(groups, geometry, weights, (group, scales, levels) =>
            groups[group].Rounding?.Errors(groups[group].Weights, scales, levels).CopyTo(result, group * geometry.Outputs));
        return result;
    }

    private static QuantizedWeights ForGroups(
        GroupRounding[] groups, LayerGeometry geometry, QuantizedWeights like, Action<int, float[], sbyte[]> body)
    {
        sbyte[] values = [.. like.Values];
        int length = geometry.Outputs * geometry.Inputs;
        Parallel.For(0, groups.Length, group =>
        {
            (int first, int count) = (group * geometry.Outputs, geometry.Outputs);
            sbyte[] levels = values[(group * length)..((group + 1) * length)];
            body(group, like.Scales[first..(first + count)], levels);
            levels.CopyTo(values, group * length);
        });
        return like with { Values = values };
    }

    private void Round(float[] scales, LayerRate? rate, sbyte[] levels, LevelSet set, int channel)
    {
        if (Rounding is not null)
        {
            Rounding.Round(Weights, scales, rate, levels, set, channel);
            return;
        }
        int inputs = Weights.Length / scales.Length;
        for (int i = 0; i < Weights.Length; i++)
        {
            (int input, int output) = Math.DivRem(i, scales.Length);
            levels[output * inputs + input] = (sbyte)set.Nearest(Weights[i] / scales[output], channel + output, input);
        }
    }
}
