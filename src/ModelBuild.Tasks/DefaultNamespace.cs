namespace ModelBuild.Tasks;

/// <summary>A project's RootNamespace need not be one: it comes from the file name.</summary>
internal static class DefaultNamespace
{
    /// <summary>"My-App.2nd" becomes "My_App._2nd", as the SDK's templates have it.</summary>
    public static string From(string rootNamespace) =>
        string.Join('.', rootNamespace.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(Identifier));

    private static string Identifier(string text)
    {
        string valid = string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? c : '_'));
        return char.IsDigit(valid[0]) ? "_" + valid : valid;
    }
}
