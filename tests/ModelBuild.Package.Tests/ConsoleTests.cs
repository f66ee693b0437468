using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelBuild.Package.Tests;

[Collection(PackageCollection.Name)]
public class ConsoleTests(Package package)
{
    [Fact]
    public void A_console_program_tells_digits_apart()
    {
        Consumer consumer = package.Consumer().Project("Console", Programs.Accuracy);
        string build = consumer.Dotnet("build", "Console", "-c", "Release").Succeeded().Output;
        Assert.Contains("0 Warning(s)", build, StringComparison.Ordinal);
        Assert.Matches(@"digits\.pb -> Digits: .*KB -> .*KB", build);
        string output = consumer.Run("Console/bin/Release/net10.0/Console", "Console").Succeeded().Output;
        double accuracy = double.Parse(Regex.Match(output, @"accuracy (\S+)").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(accuracy, 0.99, 1);
        // Nothing of the package, and no model, goes beside the program.
        Assert.Equal(["Console", "Console.deps.json", "Console.dll", "Console.pdb", "Console.runtimeconfig.json"],
            Directory.GetFiles(Path.Combine(consumer.Folder, "Console/bin/Release/net10.0")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
