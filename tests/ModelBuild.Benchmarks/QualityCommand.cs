using System.Text;
using ModelBuild.Compiler;

namespace ModelBuild.Benchmarks;

/// <summary>Bytes and accuracy of trained networks in each precision.</summary>
internal static class QualityCommand
{
    private static readonly (string Name, string Quantize, string Optimize)[] Ways =
        [("Static", "Static", "Balanced"), ("Static, Optimize=Size", "Static", "Size"), ("Dynamic", "Dynamic", "Balanced"), ("None", "None", "Balanced")];

    /// <param name="names">Models to compile; none means all.</param>
    /// <param name="write">Write the table into README.md.</param>
    /// <returns>The exit code: 0, or 1 where a model is not there.</returns>
    public static int Run(string[] names, bool write)
    {
        IReadOnlyList<TrainedModel> models = TrainedModel.All();
        if (names.FirstOrDefault(name => models.All(model => model.Name != name)) is { } missing)
        {
            Console.Error.WriteLine($"{missing} is not among the trained models that are there: {string.Join(", ", models.Select(model => model.Name))}.");
            return 1;
        }
        StringBuilder table = new();
        table.Append("Bytes of the weights in the assembly, of the plan they are executed by, and accuracy on the test data, which nothing was fitted to;\n");
        table.Append("TensorFlow Lite: its int8 converter with the same calibration data.\n\n");
        table.Append("| model | way | .pb bytes | weight bytes | plan bytes | float % | compressed % |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (TrainedModel model in models.Where(model => names.Length == 0 || names.Contains(model.Name)))
        {
            foreach ((string name, string quantize, string optimize) in Ways)
            {
                CompressionReport report = ModelCompiler.Compile(model.Options with { Quantize = quantize, Optimize = optimize }).Report;
                Console.WriteLine($"{model.Name}, {name}: {report.Summary}");
                table.Append($"| {model.Name} | {name} | {report.SourceBytes:N0} | {report.WeightBytes:N0} | {report.CompressedBytes - report.WeightBytes:N0} ");
                table.Append($"| {report.FloatAccuracy!.Value.Percent:F2} | {report.CompressedAccuracy!.Value.Percent:F2} |\n");
            }
            table.Append($"| {model.Name} | TensorFlow Lite int8 | | {model.PeerBytes:N0} | | | {model.PeerPercent:F2} |\n");
        }
        Console.Write(table);
        if (write) ReadmeSection.Write("quality", table.ToString());
        return 0;
    }
}
