using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// The last step of layers whose input was quantised with a range found at run time: from an accumulator to a float,
/// <c>clamp(float(sum - zeroPoint * weightSum) * (rangeScale * scale) + bias)</c>. All forms give the same bits.
/// </summary>
internal sealed class HybridScales
{
    private readonly float[] _scales;
    private readonly float[] _bias;
    private readonly int[] _weightSums;
    private readonly float _minimum;
    private readonly float _maximum;

    /// <param name="scales">For each output the scale of its weights.</param>
    /// <param name="bias">For each output, added at the end.</param>
    /// <param name="weightSums">For each output, up to a multiple of four, the sum of its weights.</param>
    /// <param name="minimum">Least result.</param>
    /// <param name="maximum">Greatest result.</param>
    public HybridScales(float[] scales, float[] bias, int[] weightSums, float minimum, float maximum)
    {
        if (scales.Length != bias.Length) throw new ArgumentException("One scale and one bias an output are expected.", nameof(scales));
        _weightSums = weightSums;
        _scales = new float[weightSums.Length];
        _bias = new float[weightSums.Length];
        scales.CopyTo(_scales, 0);
        bias.CopyTo(_bias, 0);
        _minimum = minimum;
        _maximum = maximum;
    }

    /// <summary>The result of one output.</summary>
    public float ToFloat(int sum, int output, float rangeScale, int zeroPoint)
    {
        float value = (sum - zeroPoint * _weightSums[output]) * (rangeScale * _scales[output]) + _bias[output];
        value = value > _minimum ? value : _minimum;
        return value < _maximum ? value : _maximum;
    }

    /// <summary>The results of outputs 4 * quad .. + 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> ToFloats(Vector128<int> sums, int quad, float rangeScale, int zeroPoint)
    {
        Vector128<float> minimum = Vector128.Create(_minimum);
        Vector128<float> maximum = Vector128.Create(_maximum);
        Vector128<int> centred = sums - Vector128.Create(zeroPoint) * Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_weightSums), (nuint)quad * 4);
        Vector128<float> scales = Vector128.Create(rangeScale) * Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_scales), (nuint)quad * 4);
        Vector128<float> value = Vector128.ConvertToSingle(centred) * scales;
        value += Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_bias), (nuint)quad * 4);
        value = Vector128.ConditionalSelect(Vector128.GreaterThan(value, minimum), value, minimum);
        return Vector128.ConditionalSelect(Vector128.LessThan(value, maximum), value, maximum);
    }
}
