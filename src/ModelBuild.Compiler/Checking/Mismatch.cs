using System.Globalization;

namespace ModelBuild.Compiler.Checking;

/// <summary>What is wrong with a computed tensor.</summary>
/// <param name="Message">For people, beginning with a verb: the name of the output goes before.</param>
/// <param name="LargestError">|got - want| at <paramref name="Place"/>; NaN where one of them is none or they cannot be compared.</param>
/// <param name="Place">Index of the worst element, "[0,3,2]"; null where types or shapes differ.</param>
internal sealed record Mismatch(string Message, double LargestError = double.NaN, string? Place = null)
{
    /// <summary>The mismatch of elements.</summary>
    /// <param name="wrong">How many are wrong.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="error">Distance of the worst.</param>
    /// <param name="place">Its index.</param>
    /// <param name="got">Its computed value.</param>
    /// <param name="want">Its expected value.</param>
    public static Mismatch Of(int wrong, int count, double error, string place, object? got, object? want) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"differs in {wrong} of {count}, most at {place}: {got}, expected {want} (error {error:g3})"), error, place);
}
