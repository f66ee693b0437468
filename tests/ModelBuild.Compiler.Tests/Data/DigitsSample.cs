namespace ModelBuild.Compiler.Tests.Data;

/// <summary>The data of samples/Digits.</summary>
internal static class DigitsSample
{
    /// <summary>Full path of a file or folder of the sample.</summary>
    public static string PathOf(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ModelBuild.sln"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "samples", "Digits", name);
    }
}
