namespace ModelBuild.Package.Tests;

[Collection(PackageCollection.Name)]
public class TransitiveTests(Package package)
{
    private const string Reference = """<ModelReference Include="digits.pb" CalibrationData="calibration.npy" Labels="labels.txt" Access="Public" />""";

    // Friends see each other's internals, the kernels that both have excepted.
    private const string Friend = """[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("App")]""";

    [Fact]
    public void A_program_uses_the_model_of_its_library_and_one_of_its_own()
    {
        Consumer consumer = package.Consumer()
            .Project("Library", Friend, "<OutputType>Library</OutputType><TreatWarningsAsErrors>true</TreatWarningsAsErrors>", Reference)
            .Project("App", Programs.Sum("Library") + Environment.NewLine + "System.Console.WriteLine(App.Digits.ProbsLength);",
                "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", Consumer.DigitsReference + """<ProjectReference Include="../Library/Library.csproj" />""");
        consumer.Dotnet("build", "App").Succeeded();
        Assert.Equal("sum 1.00\n10\n", consumer.Run("App/bin/Debug/net10.0/App").Succeeded().Output);
    }
}
