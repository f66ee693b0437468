using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>
/// Scales the channels between two layers so that each fills the range they share, and the weights that read them back: a channel that
/// is small beside the others has few levels of its own (Nagel et al. 2019, https://arxiv.org/abs/1906.04721, section 4.1). The measured
/// range of a channel stands for the first layer's weights, which have a scale of their own each; so does a depthwise second layer.
/// </summary>
internal static class CrossLayerEqualisation
{
    // A channel is scaled by no more than this beside the others: it may be greater in use than it was in calibration.
    private const double MostFactor = 64;

    // Below this a channel is as good as dead.
    private const double Least = 1e-6;

    public static RecoveryState? Run(RecoveryState state, RecoverySetting setting)
    {
        IReadOnlyList<LayerPair> pairs = LayerPair.Of(state.Graph);
        if (pairs.Count == 0) return null;
        IReadOnlyDictionary<Value, ValueRange[]> ranges = ChannelRanges.Of(state, pairs.Select(pair => pair.First.Output), setting);
        LayerParameters parameters = new();
        foreach (LayerPair pair in pairs) Equalise(pair, ranges[pair.First.Output], parameters);
        return setting.Start(parameters.Apply(state.Graph), parameters.Apply(state.Norms));
    }

    private static void Equalise(LayerPair pair, ValueRange[] ranges, LayerParameters parameters)
    {
        float[] first = parameters.Weights(pair.First), bias = parameters.Bias(pair.First), second = parameters.Weights(pair.Second);
        double[] factors = Factors(pair, ranges, second);
        for (int i = 0; i < first.Length; i++) first[i] = (float)(first[i] / factors[i % factors.Length]);
        for (int c = 0; c < bias.Length; c++) bias[c] = (float)(bias[c] / factors[c]);
        for (int i = 0; i < second.Length; i++) second[i] = (float)(second[i] * factors[pair.InputOf(i)]);
        parameters.Note(pair.First, Array.ConvertAll(factors, factor => 1 / factor), new double[factors.Length]);
    }

    /// <summary>What each channel is divided by, 1 in the geometric mean.</summary>
    private static double[] Factors(LayerPair pair, ValueRange[] ranges, float[] second)
    {
        double[] weights = new double[pair.Channels], factors = new double[pair.Channels];
        int outputs = WeightedLayer.Outputs(pair.Second);
        double[] greatest = new double[outputs];
        for (int i = 0; i < second.Length; i++) greatest[i % outputs] = Math.Max(greatest[i % outputs], Math.Abs(second[i]));
        for (int i = 0; i < second.Length; i++)
            if (greatest[i % outputs] > 0) weights[pair.InputOf(i)] = Math.Max(weights[pair.InputOf(i)], Math.Abs(second[i]) / greatest[i % outputs]);
        for (int c = 0; c < factors.Length; c++)
        {
            double size = Math.Max(Math.Abs(ranges[c].Minimum), Math.Abs(ranges[c].Maximum));
            bool isAlive = double.IsFinite(size) && size > Least && weights[c] > Least;
            factors[c] = !isAlive ? double.NaN : pair.Second.Operation is DepthwiseConvolution ? size : Math.Sqrt(size / weights[c]);
        }
        double[] alive = [.. factors.Where(double.IsFinite)];
        double mean = alive.Length == 0 ? 1 : Math.Exp(alive.Average(Math.Log));
        return Array.ConvertAll(factors, factor => double.IsFinite(factor) ? Math.Clamp(factor / mean, 1 / MostFactor, MostFactor) : 1);
    }
}
