namespace ModelBuild.Compiler.Validation;

/// <summary>Where a figure lies with 95 % confidence.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Standard deviations of a normal distribution to either side that hold 95 % of it.</summary>
    internal const double Deviations = 1.959963984540054;
}
