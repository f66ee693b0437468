using System.Globalization;
using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Validation;

/// <summary>What compression may cost.</summary>
internal static class Budget
{
    /// <exception cref="ModelBuildException">MB4001: more accuracy was lost than <paramref name="maxDrop"/> percentage points.</exception>
    public static void Require(CompressionReport report, double? maxDrop)
    {
        if (maxDrop is not { } most || report is not { FloatAccuracy: { } before, CompressedAccuracy: { } after }) return;
        double drop = before.Percent - after.Percent;
        if (drop <= most) return;
        throw new ModelBuildException(DiagnosticCode.DropExceeded, string.Create(CultureInfo.InvariantCulture,
            $"Compression costs {drop:F2} percentage points of accuracy ({before.Percent:F2} % -> {after.Percent:F2} % of {after.Samples} samples), more than MaxDrop=\"{most}\" allows. ")
            + "Give calibration data that are like those in use, set Quantize to Dynamic or None, or allow more.");
    }
}
