namespace ModelBuild.Package.Tests;

/// <summary>Models as they were saved, without freezing, are compiled like frozen graphs.</summary>
[Collection(PackageCollection.Name)]
public class FormatTests(Package package)
{
    private const string Items = """
        <ModelReference Include="digits_saved_model/saved_model.pb" CalibrationData="calibration.npy" />
        <ModelReference Include="digits.keras" CalibrationData="calibration.npy" ClassName="KerasDigits" />
        <ModelReference Include="digits.h5" CalibrationData="calibration.npy" ClassName="OldKerasDigits" />
        """;

    [Fact]
    public void A_SavedModel_and_Keras_models_give_the_same_answers()
    {
        Consumer consumer = package.Consumer().Project("Formats", Programs.Agreement("Formats.DigitsSavedModel", "Formats.KerasDigits"),
            items: Items);
        CopyModels(Path.Combine(consumer.Folder, "Formats"));

        string build = consumer.Dotnet("build", "Formats").Succeeded().Output;
        foreach (string line in (string[])["digits_saved_model -> DigitsSavedModel", "digits.keras -> KerasDigits",
            "digits.h5 -> OldKerasDigits"])
            Assert.Contains(line, build, StringComparison.Ordinal);
        Assert.Equal("597 of 597 agree\n", consumer.Run("Formats/bin/Debug/net10.0/Formats", "Formats").Succeeded().Output);
    }

    private static void CopyModels(string project)
    {
        string models = Path.GetFullPath(Path.Combine(Package.Digits, "../../tests/data/digits"));
        foreach (string file in Directory.GetFiles(models, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(project, Path.GetRelativePath(models, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
