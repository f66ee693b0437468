using System;

namespace ModelBuild.Kernels;

/// <summary>A range of <see cref="FakeQuantize"/> with its zero point moved to the nearest step (Jacob et al. 2017, section 3).</summary>
internal readonly struct FakeQuantizeRange
{
    private readonly float _minimum;
    private readonly float _maximum;
    private readonly float _scale;
    private readonly float _zeroPoint;

    /// <param name="minimum">Least number.</param>
    /// <param name="maximum">Greatest number.</param>
    /// <param name="bits">There are 2^bits steps.</param>
    /// <param name="narrowRange">There is one less.</param>
    public FakeQuantizeRange(float minimum, float maximum, int bits, bool narrowRange)
    {
        float first = narrowRange ? 1 : 0;
        float last = (1 << bits) - 1;
        // Without a range there is only 0, which a scale of 0 gives.
        _scale = minimum == 0 && maximum == 0 ? 0 : (maximum - minimum) / (last - first);
        if (_scale == 0) return;
        float nudged = MathF.Round(Math.Clamp(first - minimum / _scale, first, last), MidpointRounding.AwayFromZero);
        _minimum = (first - nudged) * _scale;
        _maximum = (last - nudged) * _scale;
        _zeroPoint = MathF.Floor(-_minimum / _scale + 0.5f);
    }

    /// <summary>The nearest step of the range.</summary>
    public float Apply(float x) => _scale == 0 ? 0
        : MathF.Floor((Math.Max(Math.Min(x, _maximum), _minimum) - _minimum) / _scale - _zeroPoint + 0.5f) * _scale;
}
