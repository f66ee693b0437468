using System.Text.RegularExpressions;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>How Keras names the groups of variables in .keras files: after the class, with a number from the second on.</summary>
internal static partial class KerasNaming
{
    /// <summary>The name of the next object of a class.</summary>
    /// <param name="className">As "Conv2D".</param>
    /// <param name="used">How many there were of each name.</param>
    public static string Next(string className, Dictionary<string, int> used)
    {
        string name = SnakeCase(className);
        int number = used.GetValueOrDefault(name, -1) + 1;
        used[name] = number;
        return number == 0 ? name : FormattableString.Invariant($"{name}_{number}");
    }

    /// <summary>"SeparableConv2D" becomes "separable_conv2d".</summary>
    public static string SnakeCase(string className) =>
        SmallThenCapital().Replace(CapitalThenSmall().Replace(className, "$1_$2"), "$1_$2").ToLowerInvariant();

    [GeneratedRegex("(.)([A-Z][a-z]+)")]
    private static partial Regex CapitalThenSmall();

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex SmallThenCapital();
}
