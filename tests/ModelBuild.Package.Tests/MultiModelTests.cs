namespace ModelBuild.Package.Tests;

[Collection(PackageCollection.Name)]
public class MultiModelTests(Package package)
{
    private const string Items = """
        <ModelReference Include="digits.pb" CalibrationData="calibration.npy" />
        <ModelReference Include="digits_tf1.pb" CalibrationData="calibration.npy" ClassName="OldDigits" Namespace="Elsewhere.Still" />
        """;

    private const string Program = """
        int first = System.Array.IndexOf(Multi.Digits.Shared.Predict(new float[64]), 2f), second = Elsewhere.Still.OldDigits.ProbsLength;
        System.Console.WriteLine($"{first} {second}");
        """;

    [Fact]
    public void Two_models_share_their_kernels()
    {
        Consumer consumer = package.Consumer().Project("Multi", Program, items: Items);
        string build = consumer.Dotnet("build", "Multi").Succeeded().Output;
        Assert.Contains("digits.pb -> Digits", build, StringComparison.Ordinal);
        Assert.Contains("digits_tf1.pb -> OldDigits", build, StringComparison.Ordinal);
        Assert.Equal("-1 10\n", consumer.Run("Multi/bin/Debug/net10.0/Multi").Succeeded().Output);
    }
}
