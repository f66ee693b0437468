using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Quantization.Recovery;

/// <summary>
/// Scales the channels between layers so that each fills the range they share, and the weights that read them back: a channel that is
/// small beside the others has few levels of its own (Nagel et al. 2019, https://arxiv.org/abs/1906.04721, section 4.1). The measured
/// range of a channel stands for the writers' weights, which have a scale of their own each; so does a depthwise reader. Layers joined by
/// residual sums are scaled together.
/// </summary>
internal static class CrossLayerEqualisation
{
    // A channel is scaled by no more than this beside the others: it may be greater in use than it was in calibration.
    private const double MostFactor = 64;

    // Below this a channel is as good as dead.
    private const double Least = 1e-6;

    // How far channels' ranges are made equal, the rest being left to the weights that read them: half and half at first, up to all.
    private static readonly double[] Shares = [0.5, 0.75, 1];

    public static RecoveryState? Run(RecoveryState state, RecoverySetting setting)
    {
        // Equal ranges make unequal weights, and these cost bits where levels are to be few.
        ChannelGroup[] groups = [.. ChannelGroup.Of(state.Graph).Where(group => setting.IsLeastError || group.IsPair)];
        if (groups.Length == 0) return null;
        IReadOnlyDictionary<Value, ValueRange[]> ranges = ChannelRanges.Of(state, groups.SelectMany(group => group.Values), setting);
        return Shares.Take(setting.IsLeastError ? Shares.Length : 1).Select(share =>
        {
            LayerParameters parameters = new();
            foreach (ChannelGroup group in groups) Equalise(group, Factors(group, ranges, parameters, share), parameters);
            return setting.Start(parameters.Apply(state.Graph), parameters.Apply(state.Norms));
        }).MaxBy(setting.Measure);
    }

    private static void Equalise(ChannelGroup group, double[] factors, LayerParameters parameters)
    {
        foreach (Node writer in group.Writers)
        {
            float[] weights = parameters.Weights(writer), bias = parameters.Bias(writer);
            for (int i = 0; i < weights.Length; i++) weights[i] = (float)(weights[i] / factors[i % factors.Length]);
            for (int c = 0; c < bias.Length; c++) bias[c] = (float)(bias[c] / factors[c]);
        }
        foreach (Value value in group.Values) parameters.Note(value, Array.ConvertAll(factors, factor => 1 / factor), new double[factors.Length]);
        foreach (Node reader in group.Readers)
        {
            float[] weights = parameters.Weights(reader);
            for (int i = 0; i < weights.Length; i++) weights[i] = (float)(weights[i] * factors[group.InputOf(reader, i)]);
        }
    }

    /// <summary>What each channel is divided by, 1 in the geometric mean.</summary>
    private static double[] Factors(
        ChannelGroup group, IReadOnlyDictionary<Value, ValueRange[]> ranges, LayerParameters parameters, double share)
    {
        double[] factors = new double[group.Channels];
        Node[] mixing = [.. group.Readers.Where(reader => reader.Operation is not DepthwiseConvolution)];
        double[][] sizes = [.. group.Values.Select(value => Sizes(ranges[value]))];
        double[][] weights = [.. mixing.Select(reader => Columns(group, reader, parameters.Weights(reader)))];
        for (int c = 0; c < factors.Length; c++)
        {
            double size = sizes.Max(own => own[c]), weight = mixing.Length == 0 ? 1 : weights.Max(own => own[c]);
            bool isAlive = double.IsFinite(size) && size > Least && weight > Least;
            factors[c] = !isAlive ? double.NaN : mixing.Length == 0 ? size : Math.Pow(size, share) / Math.Pow(weight, 1 - share);
        }
        double[] alive = [.. factors.Where(double.IsFinite)];
        double mean = alive.Length == 0 ? 1 : Math.Exp(alive.Average(Math.Log));
        return Array.ConvertAll(factors, factor => double.IsFinite(factor) ? Math.Clamp(factor / mean, 1 / MostFactor, MostFactor) : 1);
    }

    /// <summary>The greatest weight of each channel, as a share of the greatest of the same output.</summary>
    private static double[] Columns(ChannelGroup group, Node reader, float[] weights)
    {
        int outputs = WeightedLayer.Outputs(reader);
        double[] greatest = new double[outputs], columns = new double[group.Channels];
        for (int i = 0; i < weights.Length; i++) greatest[i % outputs] = Math.Max(greatest[i % outputs], Math.Abs(weights[i]));
        for (int i = 0; i < weights.Length; i++)
            if (greatest[i % outputs] > 0) columns[group.InputOf(reader, i)] = Math.Max(columns[group.InputOf(reader, i)], Math.Abs(weights[i]) / greatest[i % outputs]);
        return columns;
    }

    /// <summary>The greatest magnitude of each channel, as a share of that of all.</summary>
    private static double[] Sizes(ValueRange[] ranges)
    {
        double[] sizes = Array.ConvertAll(ranges, range => (double)Math.Max(Math.Abs(range.Minimum), Math.Abs(range.Maximum)));
        double greatest = sizes.Where(double.IsFinite).DefaultIfEmpty().Max();
        return greatest > 0 ? Array.ConvertAll(sizes, size => size / greatest) : sizes;
    }
}
