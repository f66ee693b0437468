using System;
using System.Globalization;

namespace ModelBuild.Kernels;

/// <summary>The check of what a user passes to a predictor.</summary>
internal static class SpanLength
{
    /// <summary>Throws unless a span has the length that it needs.</summary>
    /// <param name="actual">Elements of the span.</param>
    /// <param name="needed">Elements it must have.</param>
    /// <param name="shape">Their meaning: "float [1, 8, 8, 1]".</param>
    /// <param name="parameter">Name of the span.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Require(int actual, int needed, string shape, string parameter)
    {
        if (actual != needed) Throw(actual, needed, shape, parameter);
    }

    /// <summary>Throws unless a span has the length that several samples need.</summary>
    /// <param name="actual">Elements of the span.</param>
    /// <param name="needed">Elements of one sample.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="shape">Meaning of one sample: "float [1, 8, 8, 1]".</param>
    /// <param name="parameter">Name of the span.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of samples is negative.</exception>
    public static void Require(int actual, int needed, int samples, string shape, string parameter)
    {
        if (samples < 0) throw new ArgumentOutOfRangeException(nameof(samples), samples, "A number of samples is not negative.");
        if (actual != (long)needed * samples) Throw(actual, (long)needed * samples, samples.ToString(CultureInfo.InvariantCulture) + " times " + shape, parameter);
    }

    private static void Throw(int actual, long needed, string shape, string parameter) => throw new ArgumentException(
        string.Format(CultureInfo.InvariantCulture, "{0} is {1}, {2} elements, but the span has {3}.", parameter, shape, needed, actual), parameter);
}
