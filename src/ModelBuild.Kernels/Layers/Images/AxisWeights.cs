using System;
using System.Collections.Generic;

namespace ModelBuild.Kernels;

/// <summary>Which inputs each output along an axis is a sum of, and with what weights.</summary>
internal sealed class AxisWeights
{
    private readonly List<int> _sources = new List<int>();
    private readonly List<float> _weights = new List<float>();
    private readonly List<int> _ends = new List<int>();

    /// <summary>Number of outputs.</summary>
    public int Outputs => _ends.Count;

    /// <summary>Adds an input to the sum of the next output; with a weight of 0 it would spoil the sum if it were infinite, and is left out.</summary>
    public void Add(int source, float weight)
    {
        if (weight == 0) return;
        _sources.Add(source);
        _weights.Add(weight);
    }

    /// <summary>Ends the sum of the next output.</summary>
    public void EndOutput() => _ends.Add(_sources.Count);

    /// <summary>Range of an output's terms.</summary>
    public (int First, int End) Terms(int output) => (output == 0 ? 0 : _ends[output - 1], _ends[output]);

    /// <summary>Input of a term.</summary>
    public int Source(int term) => _sources[term];

    /// <summary>Weight of a term.</summary>
    public float Weight(int term) => _weights[term];
}
