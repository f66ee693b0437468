namespace ModelBuild.Package.Tests;

[Collection(PackageCollection.Name)]
public class MultiModelTests(Package package)
{
    private const string Items = """
        <ModelReference Include="digits.pb" CalibrationData="calibration.npy" />
        <ModelReference Include="digits_tf1.pb" CalibrationData="calibration.npy" ClassName="OldDigits" Namespace="Elsewhere.Still" />
        """;

    [Fact]
    public void The_same_network_frozen_in_two_ways_gives_the_same_answers()
    {
        Consumer consumer = package.Consumer().Project("Multi", Programs.Agreement("Multi.Digits", "Elsewhere.Still.OldDigits"), items: Items);
        string build = consumer.Dotnet("build", "Multi").Succeeded().Output;
        Assert.Contains("digits.pb -> Digits", build, StringComparison.Ordinal);
        Assert.Contains("digits_tf1.pb -> OldDigits", build, StringComparison.Ordinal);
        // Folded apart, they may differ where the network itself is in doubt.
        Assert.Matches("^59[67] of 597 agree\n$", consumer.Run("Multi/bin/Debug/net10.0/Multi", "Multi").Succeeded().Output);
    }
}
