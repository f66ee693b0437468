namespace ModelBuild.Tasks.Tests;

public class DefaultNamespaceTests
{
    [Theory]
    [InlineData("App", "App")]
    [InlineData("My.App", "My.App")]
    [InlineData("My-App.2nd", "My_App._2nd")]
    [InlineData("Größe mit Raum", "Größe_mit_Raum")]
    [InlineData("A..B.", "A.B")]
    [InlineData("", "")]
    public void Project_names_become_namespaces(string name, string expected) => Assert.Equal(expected, DefaultNamespace.From(name));
}
