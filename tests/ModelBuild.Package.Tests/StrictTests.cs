namespace ModelBuild.Package.Tests;

[Collection(PackageCollection.Name)]
public class StrictTests(Package package)
{
    private const string Properties = """
        <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
        <AnalysisLevel>latest-all</AnalysisLevel>
        <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
        <GenerateDocumentationFile>true</GenerateDocumentationFile>
        <OutputType>Library</OutputType>
        """;

    [Theory]
    [InlineData("<ImplicitUsings>enable</ImplicitUsings>")]
    [InlineData("<ImplicitUsings>disable</ImplicitUsings><LangVersion>12</LangVersion><CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>")]
    public void The_strictest_project_builds_without_a_warning(string properties)
    {
        string items = """<ModelReference Include="digits.pb" CalibrationData="calibration.npy" Labels="labels.txt" Preprocess="ZeroToOne" Access="Public" />""";
        Consumer consumer = package.Consumer().Project("Strict", "[assembly: System.CLSCompliant(false)]", Properties + properties, items);
        Assert.Contains("0 Warning(s)", consumer.Dotnet("build", "Strict").Succeeded().Output, StringComparison.Ordinal);
    }
}
