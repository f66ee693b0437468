using System.Globalization;

namespace ModelBuild.Compiler.Reporting.Page;

/// <summary>A linear axis with round marks.</summary>
internal sealed class Axis
{
    private const int MostMarks = 5;
    private static readonly double[] RoundSteps = [1, 2, 5, 10];

    private readonly double _low;
    private readonly double _high;
    private readonly double _step;

    /// <param name="low">Least value to be shown.</param>
    /// <param name="high">Greatest.</param>
    public Axis(double low, double high)
    {
        double span = high > low ? high - low : 1, power = Math.Pow(10, Math.Floor(Math.Log10(span / (MostMarks - 1))));
        _step = RoundSteps.Select(step => step * power).First(step => span / step <= MostMarks - 1);
        _low = Math.Floor(low / _step) * _step;
        _high = Math.Max(Math.Ceiling(high / _step) * _step, _low + _step);
    }

    /// <summary>Marks, from below.</summary>
    public IEnumerable<double> Marks
    {
        get
        {
            for (int i = 0; _low + i * _step <= _high + _step / 2; i++) yield return _low + i * _step;
        }
    }

    /// <summary>Where a value lies, in percent of the axis; values beyond its ends lie there.</summary>
    public double Place(double value) => 100 * Math.Clamp((value - _low) / (_high - _low), 0, 1);

    /// <summary>A mark's text, with the decimals that tell marks apart and k or M for thousands and millions.</summary>
    public string Text(double mark)
    {
        double greatest = Math.Max(Math.Abs(_low), Math.Abs(_high));
        (double unit, string suffix) = greatest switch { >= 1e6 => (1e6, "M"), >= 1e4 => (1e3, "k"), _ => (1, "") };
        int decimals = Math.Max(0, (int)-Math.Floor(Math.Log10(_step / unit)));
        return (mark / unit).ToString($"F{decimals.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture) + suffix;
    }
}
