using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Calibration.DataFree;

/// <summary>
/// What the batch normalisations of a graph tell of its values: a running mean and variance of what each reads, and by its offset and scale
/// those of what it writes. Folding takes the normalisations away, but leaves the names of values that stay what they are, so statistics
/// are kept by the names of values.
/// </summary>
internal sealed class NormStatistics
{
    private readonly Dictionary<string, ChannelMoments[]> _sums = [], _values = [];

    // Names of sums behind their activation, which nothing more is folded into.
    private readonly HashSet<string> _limited = [];

    /// <summary>Nothing was told.</summary>
    public bool IsEmpty => _sums.Count == 0;

    /// <summary>Those of a graph in which normalisations are still nodes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="unfused">Normalisations that its file has as multiplications and additions.</param>
    public static NormStatistics Of(ModelGraph graph, IReadOnlyList<UnfusedNorm> unfused)
    {
        NormStatistics statistics = new();
        foreach (UnfusedNorm norm in unfused)
        {
            float[] scale = norm.Scale ?? [.. Enumerable.Repeat(1f, norm.Mean.Length)], offset = norm.Offset ?? new float[norm.Mean.Length];
            statistics.AddNorm(norm.Input, norm.Output, (scale, offset, norm.Mean, norm.Variance), norm.Epsilon);
        }
        foreach (Node node in graph.Nodes) statistics.Add(node);
        return statistics;
    }

    /// <summary>What a layer or a sum computes before its activation, by channels (last dimension); null where that is not told.</summary>
    /// <param name="name">Name of the value that it writes.</param>
    public ChannelMoments[]? Sum(string name) => _sums.GetValueOrDefault(name);

    /// <summary>A value as it is, likewise.</summary>
    public ChannelMoments[]? Value(string name) => _values.GetValueOrDefault(name);

    /// <summary>The same where channels of some values were multiplied and added to.</summary>
    /// <param name="changes">Factors and addends of the channels by the value's name.</param>
    public NormStatistics Affine(IReadOnlyDictionary<string, (double[] Factors, double[] Addends)> changes)
    {
        NormStatistics changed = new();
        Copy(_sums, changed._sums);
        Copy(_values, changed._values);
        return changed;

        void Copy(Dictionary<string, ChannelMoments[]> from, Dictionary<string, ChannelMoments[]> to)
        {
            foreach ((string name, ChannelMoments[] channels) in from)
                to[name] = changes.TryGetValue(name, out (double[] Factors, double[] Addends) change)
                    ? [.. channels.Select((channel, c) => channel.Affine(change.Factors[c], change.Addends[c]))] : channels;
        }
    }

    private void Add(Node node)
    {
        if (node.Outputs is not [{ Type: DataType.Float32 } output]) return;
        switch (node.Operation)
        {
            case BatchNorm norm when node.Inputs.Skip(1).All(input => input.Constant is not null):
                AddNorm(node.Inputs[0].Name, output.Name, (Constant(1), Constant(2), Constant(3), Constant(4)), norm.Epsilon);
                break;
            // What limits a sum is fused into it, which takes this name then.
            case Unary { Function: UnaryKind.Relu or UnaryKind.Relu6 } when Sum(node.Inputs[0].Name) is { } sums:
                AddLimited(output.Name, sums);
                break;
            case Binary { Clamp.IsActive: false } binary:
                AddBinary(binary, node, 0, 1);
                AddBinary(binary, node, 1, 0);
                break;
        }

        float[] Constant(int input) => (float[])node.Inputs[input].Constant!.Data;
    }

    private void AddNorm(string input, string output, (float[] Scale, float[] Offset, float[] Mean, float[] Variance) norm, float epsilon)
    {
        _values.TryAdd(input, [.. norm.Mean.Zip(norm.Variance, (mean, variance) => ChannelMoments.Normal(mean, Math.Max(0, variance)))]);
        _sums[output] = [.. norm.Scale.Select((factor, c) => ChannelMoments.Normal(norm.Offset[c], Written(factor, norm.Variance[c])))];

        // What is added to the variance makes channels that hardly vary vary less.
        double Written(double factor, double read) => read > 0 ? factor * factor * read / (read + epsilon) : 0;
    }

    private void AddLimited(string name, ChannelMoments[] sums)
    {
        _sums[name] = sums;
        _limited.Add(name);
    }

    private void AddBinary(Binary binary, Node node, int x, int constant)
    {
        if (Sum(node.Inputs[x].Name) is not { } sums) return;
        if (ConstantOperand.PerChannel(node.Inputs[constant], node.Inputs[x]) is not { } numbers) return;
        if (!ConstantOperand.KeepsShape(node.Inputs[x], node.Output)) return;
        if (binary.Function is BinaryKind.Maximum or BinaryKind.Minimum) AddLimited(node.Output.Name, sums);
        if (_limited.Contains(node.Inputs[x].Name)) return;
        ChannelMoments[]? changed = binary.Function switch
        {
            BinaryKind.Add => Changed((channel, number) => channel.Affine(1, number)),
            BinaryKind.Subtract when x == 0 => Changed((channel, number) => channel.Affine(1, -number)),
            BinaryKind.Multiply => Changed((channel, number) => channel.Affine(number, 0)),
            _ => null,
        };
        if (changed is not null) _sums.TryAdd(node.Output.Name, changed);

        ChannelMoments[] Changed(Func<ChannelMoments, float, ChannelMoments> change) => [.. sums.Zip(numbers, change)];
    }
}
