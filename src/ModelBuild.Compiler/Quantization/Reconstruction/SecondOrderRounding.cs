namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// Rounds the weights of a group to levels so that the outputs over the calibration data stay what they were: one input after the
/// other, the error of each spread over the inputs not yet rounded (GPTQ, Frantar et al. 2022, https://arxiv.org/abs/2210.17323).
/// </summary>
internal sealed class SecondOrderRounding
{
    /// <summary>Levels are -127..127.</summary>
    public const int Levels = 127;

    // Added to the diagonal as a share of its mean, more the fewer samples there are for an input: what few samples show of the errors of
    // the layers before is chance, and weights fitted to it are worse for others.
    private const double LeastDamping = 0.01, DampingPerInput = 5;

    // Coarse levels make errors that are no chance, and those of other weights have to make up for them.
    private const double CoarseDampingPerInput = 0.5, MostCoarseDamping = 0.2;

    // Outputs that a thread takes together where they do not depend on each other.
    private const int Chunk = 64;

    // Inputs that are rounded before their errors are spread over all that follow.
    private const int Block = 32;

    // Sweeps over all weights of an output; most have settled after a few.
    private const int Sweeps = 4;

    private readonly SecondMoments _moments;
    private readonly int[] _order;
    private readonly double[] _factor;
    private readonly double _damping;
    private readonly OutputCurvature _curvature;

    private SecondOrderRounding(SecondMoments moments, int[] order, double[] factor, double damping, OutputCurvature curvature) =>
        (_moments, _order, _factor, _damping, _curvature) = (moments, order, factor, damping, curvature);

    private int Inputs => _moments.Inputs;

    private int Outputs => _moments.Outputs;

    /// <summary>Mean of the logarithm of the variance that an input has once all others are known.</summary>
    public double LogVariance => Enumerable.Range(0, Inputs).Average(i => -2 * Math.Log(_factor[i * Inputs + i]));

    /// <summary>Prepares for a group; null where its statistics do not allow it: inputs that are always the same.</summary>
    /// <param name="moments">Its statistics.</param>
    /// <param name="samples">How many samples they are from.</param>
    /// <param name="curvature">What errors of its outputs cost.</param>
    /// <param name="isCoarse">Levels are to be coarser than bytes.</param>
    public static SecondOrderRounding? Create(SecondMoments moments, int samples, OutputCurvature curvature, bool isCoarse = false)
    {
        int inputs = moments.Inputs;
        // By falling variance: the inputs that matter most are rounded while many others can still make up for it.
        int[] order = [.. Enumerable.Range(0, inputs).OrderByDescending(i => moments.Covariance[i * inputs + i])];
        double perSample = (double)inputs / samples;
        double share = Math.Max(LeastDamping, isCoarse ? Math.Min(CoarseDampingPerInput * perSample, MostCoarseDamping) : DampingPerInput * perSample);
        double damping = share * Enumerable.Range(0, inputs).Average(i => moments.Covariance[i * inputs + i]);
        if (!(damping > 0)) return null;
        double[] factor = new double[inputs * inputs];
        for (int i = 0; i < inputs; i++)
        {
            for (int j = 0; j < inputs; j++) factor[i * inputs + j] = moments.Covariance[order[i] * inputs + order[j]];
            factor[i * inputs + i] += damping;
        }
        return SymmetricMatrix.TryFactorInverse(factor, inputs) ? new SecondOrderRounding(moments, order, factor, damping, curvature) : null;
    }

    /// <summary>
    /// The weights with which the quantised inputs give the wanted outputs with the least squared error, drawn to the float ones by the
    /// damping: float + (covariance + damping)^-1 (cross - covariance * float).
    /// </summary>
    /// <param name="weights">[input][output], float weights.</param>
    public double[] Fit(double[] weights)
    {
        double[] rest = [.. _moments.Cross], halfway = new double[rest.Length], fitted = [.. weights];
        for (int i = 0; i < Inputs; i++)
            for (int j = 0; j < Inputs; j++) SymmetricMatrix.AddScaled(Row(rest, i), Row(weights, j), -_moments.Covariance[i * Inputs + j]);
        for (int i = 0; i < Inputs; i++)
            for (int j = i; j < Inputs; j++) SymmetricMatrix.AddScaled(Row(halfway, i), Row(rest, _order[j]), _factor[i * Inputs + j]);
        for (int i = 0; i < Inputs; i++)
            for (int j = i; j < Inputs; j++) SymmetricMatrix.AddScaled(Row(fitted, _order[j]), Row(halfway, i), _factor[i * Inputs + j]);
        return fitted;
    }

    /// <summary>
    /// Rounds from the first input to the last, of each input from the first output to the last. An error is spread over the later inputs
    /// of its output and over the later outputs of its input.
    /// </summary>
    /// <param name="weights">[input][output], real weights.</param>
    /// <param name="scales">One an output.</param>
    /// <param name="rate">What levels cost; null for nothing.</param>
    /// <param name="levels">Receives levels [output][input].</param>
    /// <param name="set">The levels to choose from; with costs, those of int8.</param>
    /// <param name="channel">Output channel of the layer that is the first output of the group.</param>
    public void Round(double[] weights, float[] scales, LayerRate? rate, sbyte[] levels, LevelSet set, int channel)
    {
        double[] rest = [.. _order.SelectMany(i => weights.AsSpan(i * Outputs, Outputs).ToArray())], errors = new double[Block * Outputs];
        double[] prices = rate is null ? [] : [.. Enumerable.Range(0, Outputs).Select(o => rate.Lambda / _curvature.Rest(o))];
        double[] targets = new double[Outputs];
        for (int block = 0; block < Inputs; block += Block)
        {
            int end = Math.Min(block + Block, Inputs);
            for (int i = block; i < end; i++)
            {
                Span<double> row = Row(rest, i), error = Row(errors, i - block);
                double pivot = _factor[i * Inputs + i];
                row.CopyTo(targets);
                for (int o = 0; o < Outputs; o++)
                {
                    double scale = scales[o], real = targets[o] / scale, nearest = set.Nearest(real, channel + o, _order[i]);
                    double level = rate is null ? nearest : Cheapest(real, nearest, scale / pivot, prices[o], rate.Bits);
                    levels[o * Inputs + _order[i]] = (sbyte)level;
                    error[o] = (row[o] - level * scale) / pivot;
                    ReadOnlySpan<double> spread = _curvature.Spread(o);
                    SymmetricMatrix.AddScaled(targets.AsSpan(o + 1), spread[(o + 1)..], (level * scale - targets[o]) / spread[o]);
                }
                for (int j = i + 1; j < end; j++) SymmetricMatrix.AddScaled(Row(rest, j), error, -_factor[i * Inputs + j]);
            }
            int first = block;
            Parallel.For(end, Inputs, j =>
            {
                for (int i = first; i < end; i++) SymmetricMatrix.AddScaled(Row(rest, j), Row(errors, i - first), -_factor[i * Inputs + j]);
            });
        }
    }

    /// <summary>
    /// Goes through the levels again and moves each to a neighbour or to zero where that makes error and cost together less, all others
    /// being what they are, until none moves (coordinate descent).
    /// </summary>
    /// <param name="weights">[input][output], real weights.</param>
    /// <param name="scales">One an output.</param>
    /// <param name="rate">What levels cost.</param>
    /// <param name="levels">Levels [output][input].</param>
    public void Refine(double[] weights, float[] scales, LayerRate rate, sbyte[] levels)
    {
        double[] slopes = Slopes(weights, scales, levels), joint = new double[Inputs];
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool moved = false;
            for (int o = 0; o < Outputs; o++)
            {
                AddJoint(joint, slopes, o);
                moved |= Refine(joint, slopes.AsSpan(o * Inputs, Inputs), levels.AsSpan(o * Inputs, Inputs), scales[o], _curvature.Row(o)[o], rate);
            }
            if (!moved) return;
        }
    }

    /// <summary>What the errors of each output cost, and the factor on its weights with which its squared error would be least.</summary>
    public (double Error, double Gain)[] Errors(double[] weights, float[] scales, sbyte[] levels)
    {
        (double, double)[] result = new (double, double)[Outputs];
        double[] slopes = Slopes(weights, scales, levels);
        ForChunks((first, count) =>
        {
            double[] joint = new double[Inputs];
            for (int o = first; o < first + count; o++)
            {
                AddJoint(joint, slopes, o);
                result[o] = Error(weights, o, scales[o], levels, slopes.AsSpan(o * Inputs, Inputs), joint);
            }
        });
        return result;
    }

    private (double Error, double Gain) Error(double[] weights, int output, float scale, sbyte[] levels, ReadOnlySpan<double> slopes, double[] joint)
    {
        double[] plain = new double[Inputs];
        double error = 0, excess = 0, power = 0;
        for (int i = 0; i < Inputs; i++)
        {
            double rounded = levels[output * Inputs + i] * (double)scale;
            error += (rounded - weights[i * Outputs + output]) * joint[i];
            excess += rounded * slopes[i];
            if (rounded != 0) AddColumn(plain, i, rounded);
        }
        for (int i = 0; i < Inputs; i++) power += plain[i] * levels[output * Inputs + i] * scale;
        // |gain * rounded - wanted|^2 is least at <rounded, wanted> / |rounded|^2 = 1 - <rounded, rounded - wanted> / |rounded|^2.
        return (error, power > 0 ? 1 - excess / power : 1);
    }

    private void ForChunks(Action<int, int> body)
    {
        int chunks = (Outputs + Chunk - 1) / Chunk;
        if (chunks == 1) body(0, Outputs);
        else Parallel.For(0, chunks, chunk => body(chunk * Chunk, Math.Min(Chunk, Outputs - chunk * Chunk)));
    }

    private Span<double> Row(double[] matrix, int row) => matrix.AsSpan(row * Outputs, Outputs);

    /// <summary>Of the nearest level, its neighbour towards zero, and zero, the one with the least error and cost.</summary>
    private static double Cheapest(double real, double nearest, double errorScale, double price, double[] bits)
    {
        double best = nearest, least = Cost(nearest);
        foreach (double level in (ReadOnlySpan<double>)[nearest - Math.Sign(nearest), 0])
        {
            double cost = Cost(level);
            if (cost < least) (best, least) = (level, cost);
        }
        return best;

        double Cost(double level)
        {
            double error = (real - level) * errorScale;
            return error * error + price * bits[(int)level + Levels];
        }
    }

    /// <summary>[output][input], half the derivatives of each output's squared error by its weights.</summary>
    private double[] Slopes(double[] weights, float[] scales, sbyte[] levels)
    {
        double[] slopes = new double[weights.Length];
        ForChunks((first, count) =>
        {
            for (int o = first; o < first + count; o++)
                for (int i = 0; i < Inputs; i++)
                {
                    double difference = levels[o * Inputs + i] * (double)scales[o] - weights[i * Outputs + o];
                    if (difference != 0) AddColumn(slopes.AsSpan(o * Inputs, Inputs), i, difference);
                }
        });
        return slopes;
    }

    /// <summary>Half the derivatives, by the weights of an output, of what all errors cost.</summary>
    private void AddJoint(double[] joint, double[] slopes, int output)
    {
        Array.Clear(joint);
        ReadOnlySpan<double> row = _curvature.Row(output);
        for (int p = 0; p < Outputs; p++)
            if (row[p] != 0) SymmetricMatrix.AddScaled(joint, slopes.AsSpan(p * Inputs, Inputs), row[p]);
    }

    /// <summary>Adds a multiple of a column of the damped covariance.</summary>
    private void AddColumn(Span<double> target, int column, double factor)
    {
        SymmetricMatrix.AddScaled(target, _moments.Covariance.AsSpan(column * Inputs, Inputs), factor);
        target[column] += _damping * factor;
    }

    private bool Refine(double[] joint, Span<double> slopes, Span<sbyte> levels, float scale, double share, LayerRate rate)
    {
        bool moved = false;
        for (int i = 0; i < levels.Length; i++)
        {
            int level = levels[i], best = level;
            double curvature = (_moments.Covariance[i * Inputs + i] + _damping) * scale * scale * share, slope = 2 * joint[i] * scale, gain = 0;
            double before = rate.Bits[level + Levels];
            foreach (int other in (ReadOnlySpan<int>)[level - 1, level + 1, 0])
            {
                if (Math.Abs(other) > Levels) continue;
                double move = other - level;
                double change = move * slope + move * move * curvature + rate.Lambda * (rate.Bits[other + Levels] - before);
                if (change < gain) (best, gain) = (other, change);
            }
            if (best == level) continue;
            levels[i] = (sbyte)best;
            AddColumn(slopes, i, (best - level) * (double)scale);
            AddColumn(joint, i, (best - level) * (double)scale * share);
            moved = true;
        }
        return moved;
    }
}
