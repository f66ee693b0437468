namespace ModelBuild.Plan;

/// <summary>What has a meaning in the text form of a plan, for its writer and its reader.</summary>
internal static class PlanMarks
{
    /// <summary>Begins a remark, which goes to the end of the line.</summary>
    public const char Remark = '#';

    /// <summary>Begins the name of a buffer or constant.</summary>
    public const char Buffer = '@';

    /// <summary>Begins a constant from the blob.</summary>
    public const char Tensor = '$';

    /// <summary>Stands between the dimensions of an image.</summary>
    public const char Times = 'x';

    /// <summary>The output of the layer above.</summary>
    public const string Given = "<";

    /// <summary>The first of the buffers between the layer above and this one.</summary>
    public const string Fresh = ">";

    /// <summary>The name of that buffer, as the name of a layer.</summary>
    public const string Same = "=";

    /// <summary>Stands in place of a kind's parameters where each layer names its own.</summary>
    public const string Named = "*";

    /// <summary>An input that also takes bytes.</summary>
    public const string Pixels = "pixels";

    /// <summary>The parameter by which a layer names its output, if it has one.</summary>
    public const string Output = "output";

    /// <summary>The text needs no quotes: it is a letter and then letters, digits and what names of nodes have between them.</summary>
    public static bool IsBare(string text) =>
        text.Length > 0 && IsLetter(text[0]) && text.All(c => IsLetter(c) || c is >= '0' and <= '9' or '.' or '/' or '-' or ':');

    /// <summary>The text is an ASCII identifier.</summary>
    public static bool IsWord(string text) =>
        text.Length > 0 && IsLetter(text[0]) && text.All(c => IsLetter(c) || c is >= '0' and <= '9');

    private static bool IsLetter(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_';
}
