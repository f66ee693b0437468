using System.Numerics;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Checking;

/// <summary>How far a floating-point value may lie from the expected one: |got - want| &lt;= Absolute + Relative * |want|.</summary>
internal readonly record struct Tolerance(double Absolute, double Relative)
{
    /// <summary>
    /// A fraction of the range (maximum - minimum) of the expected float32 tensor's finite values; of their magnitude if all are equal.
    /// </summary>
    public static Tolerance OfRange(Tensor want, double fraction)
    {
        float[] values = want.Type == DataType.Float32 ? [.. want.Elements<float>().ToArray().Where(float.IsFinite)] : [];
        if (values.Length == 0) return default;
        double minimum = values.Min(), maximum = values.Max();
        return new Tolerance(fraction * (maximum > minimum ? maximum - minimum : Math.Abs(maximum)), 0);
    }

    /// <summary>How far two numbers are apart, or null where that is accepted: NaN equals NaN, an infinity only itself.</summary>
    public double? Error(double got, double want)
    {
        if (got.Equals(want)) return null;
        double error = Math.Abs(got - want);
        return error <= Absolute + Relative * Math.Abs(want) && double.IsFinite(error) ? null : error;
    }

    /// <summary>The same for complex numbers, by magnitudes.</summary>
    public double? Error(Complex got, Complex want)
    {
        if (got.Equals(want)) return null;
        double error = Complex.Abs(got - want);
        return error <= Absolute + Relative * Complex.Abs(want) && double.IsFinite(error) ? null : error;
    }
}
