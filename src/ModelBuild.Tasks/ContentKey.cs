using System.Security.Cryptography;
using System.Text;
using ModelBuild.Compiler;
using ModelBuild.Compiler.Import.Formats;

namespace ModelBuild.Tasks;

/// <summary>
/// Stands for all that the outcome of a compilation depends on: the content (and not the place or time) of the model and the
/// data, the options, and the tool.
/// </summary>
internal static class ContentKey
{
    // A module's version identifier changes with every change of its code.
    private static readonly string Tool = string.Join(" ", new[] { typeof(ContentKey), typeof(ModelCompiler), typeof(Plan.ModelPlan) }
        .Select(type => type.Module.ModuleVersionId));

    /// <summary>Hexadecimal SHA-256; equal keys mean equal outcomes.</summary>
    public static string Of(ModelOptions options)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AddText(hash, Tool);
        AddText(hash, ModelFiles.Name(options.ModelPath));
        foreach (string file in ModelFiles.Of(options.ModelPath))
        {
            AddText(hash, Path.GetFileName(file));
            AddPath(hash, file);
        }
        foreach (string name in ModelOptions.Names)
        {
            string? value = (string?)typeof(ModelOptions).GetProperty(name)!.GetValue(options);
            AddText(hash, name);
            if (value is not null && ModelOptions.Paths.Contains(name)) AddPath(hash, value);
            else AddText(hash, value ?? "\0");
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void AddPath(IncrementalHash hash, string path)
    {
        if (Directory.Exists(path))
        {
            string[] files = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(path, file).Replace('\\', '/'))];
            Array.Sort(files, StringComparer.Ordinal);
            AddText(hash, "folder");
            foreach (string file in files)
            {
                AddText(hash, file);
                AddFile(hash, Path.Combine(path, file));
            }
        }
        else if (File.Exists(path)) AddFile(hash, path);
        else AddText(hash, "absent");
    }

    private static void AddFile(IncrementalHash hash, string path)
    {
        using FileStream stream = File.OpenRead(path);
        hash.AppendData(SHA256.HashData(stream));
    }

    // With its length, so that neighbouring texts cannot exchange characters.
    private static void AddText(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
