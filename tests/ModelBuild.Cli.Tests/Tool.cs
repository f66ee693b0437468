namespace ModelBuild.Cli.Tests;

/// <summary>A call of the tool in this process.</summary>
/// <param name="ExitCode">What the shell gets.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Tool(int ExitCode, string Output, string Error)
{
    public static Tool Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int code = CommandLine.Run(args, output, error);
        return new Tool(code, output.ToString(), error.ToString());
    }
}
