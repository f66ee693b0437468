using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Calibration;

/// <summary>The samples that ranges and errors are measured on.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Read">Gives the inputs of a sample; is called by several threads.</param>
internal sealed record CalibrationSamples(int Count, Func<int, IReadOnlyList<Tensor>> Read)
{
    /// <summary>The inputs of a sample.</summary>
    public IReadOnlyList<Tensor> this[int index] => Read(index);

    /// <summary>Evenly spread samples, where not all can be taken.</summary>
    public CalibrationSamples Spread(int most)
    {
        int count = Math.Min(Count, most);
        return count == Count ? this : new CalibrationSamples(count, index => Read((int)((long)index * Count / count)));
    }
}
