namespace ModelBuild.Package.Tests;

/// <summary>What an editor does: it evaluates the project without building it.</summary>
[Collection(PackageCollection.Name)]
public class DesignTimeTests(Package package)
{
    [Fact]
    public void An_editor_gets_what_the_last_build_left()
    {
        Consumer consumer = package.Consumer().Project("Editor", Programs.Sum("Editor"));
        consumer.Dotnet("restore", "Editor").Succeeded();
        Assert.DoesNotContain("digits.plan", DesignTimeBuild(consumer), StringComparison.Ordinal);

        consumer.Dotnet("build", "Editor").Succeeded();
        // A model that is broken by now is the next build's business.
        File.WriteAllText(Path.Combine(consumer.Folder, "Editor/digits.pb"), "broken");
        string files = DesignTimeBuild(consumer);
        Assert.Contains("digits.plan", files, StringComparison.Ordinal);
        Assert.Contains("\"ModelBuildPlan\": \"true\"", files, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_can_be_left_out()
    {
        Consumer consumer = package.Consumer().Project("Skip", "", items: """<ModelReference Include="missing.pb" />""");
        consumer.Write("Skip/Program.cs", "System.Console.WriteLine();");
        consumer.Dotnet("build", "Skip", "-p:ModelBuildSkip=true").Succeeded();
    }

    private static string DesignTimeBuild(Consumer consumer) => consumer.Dotnet(
        "msbuild", "Editor", "-t:Compile", "-p:DesignTimeBuild=true", "-p:BuildingProject=false", "-p:SkipCompilerExecution=true", "-getItem:AdditionalFiles").Succeeded().Output;
}
