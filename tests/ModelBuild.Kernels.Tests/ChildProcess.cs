using System.Diagnostics;

namespace ModelBuild.Kernels.Tests;

/// <summary>Runs a program and fails the test, with what it printed, where the program fails.</summary>
internal static class ChildProcess
{
    /// <summary>The lines of its standard output.</summary>
    /// <param name="setting">A variable of its environment.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static string[] Run((string Name, string Value) setting, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { [setting.Name] = setting.Value },
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{setting.Name}={setting.Value} {program} {string.Join(' ', arguments)}\n{output}{errors.Result}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
