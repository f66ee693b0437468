namespace ModelBuild.Generator.Parsing;

/// <summary>Element types of a plan as C#.</summary>
internal static class ElementTypes
{
    /// <summary>A type that only the kernels know, so that no public member can have it.</summary>
    private const string Internal = "BFloat16";

    /// <summary>The type in C#, in full.</summary>
    /// <exception cref="FormatException">There is no such element type.</exception>
    public static string Expression(string type) => type switch
    {
        "bool" or "sbyte" or "byte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" or "float" or "double" => type,
        "Half" => "global::System.Half",
        Internal => "global::ModelBuild.Kernels." + Internal,
        _ => throw new FormatException($"The plan has the unknown element type \"{type}\"."),
    };

    /// <summary>The type of an input or output.</summary>
    /// <exception cref="FormatException">There is no such element type, or callers do not have it.</exception>
    public static string Public(string type) =>
        type == Internal ? throw new FormatException($"The plan has an input or output of type {Internal}.") : Expression(type);
}
