using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Validation;

/// <summary>Ratio of the power of the float outputs to that of the compressed ones' error, over all samples.</summary>
internal sealed class SignalToNoise
{
    private double _signal;
    private double _noise;

    /// <summary>In decibels; infinite without error, NaN without samples.</summary>
    public double Decibels => 10 * Math.Log10(_signal / _noise);

    /// <summary>Adds a sample.</summary>
    public void Add(ReadOnlySpan<float> wanted, ReadOnlySpan<float> got)
    {
        for (int i = 0; i < wanted.Length; i++)
        {
            double error = (double)wanted[i] - got[i];
            _signal += (double)wanted[i] * wanted[i];
            _noise += error * error;
        }
    }

    /// <summary>Adds the samples of another.</summary>
    public void Add(SignalToNoise other)
    {
        _signal += other._signal;
        _noise += other._noise;
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    public void Add(Tensor wanted, Tensor got) => Add(wanted.Elements<float>(), got.Elements<float>());
}
