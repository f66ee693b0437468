using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>What a process with one contender takes.</summary>
/// <param name="Contender">Its name.</param>
/// <param name="FirstResult">Milliseconds from the start of the process to its first result.</param>
/// <param name="Megabytes">Resident memory after 100 calls, beyond that of the program without the contender.</param>
internal sealed record StartFigures(string Contender, CallTimes FirstResult, double Megabytes);

/// <summary>Starts ModelBuild.Benchmarks.Start with one contender after the other, in rounds.</summary>
internal static class Starts
{
    /// <summary>What the program is called without a contender.</summary>
    public const string Empty = "program without a model";

    private const int FewestRounds = 3;
    private const string Program = "ModelBuild.Benchmarks.Start";

    /// <summary>Ways to build the program: as `dotnet build` does, and as it can be published.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["JIT", "ReadyToRun", "NativeAOT"];

    /// <summary>The program built in a way, after it was published if it has to be; null, with a message, where that fails.</summary>
    public static string? Find(string way)
    {
        string project = Path.Combine(Repository.Root, "tests", Program);
        string file = OperatingSystem.IsWindows() ? Program + ".exe" : Program;
        // Built along with this program, in a folder of the same name: bin/CONFIGURATION/FRAMEWORK.
        string own = Path.GetRelativePath(Path.Combine(Repository.Root, "tests/ModelBuild.Benchmarks"), AppContext.BaseDirectory);
        if (way == Ways[0]) return Path.Combine(project, own, file);
        string folder = Path.Combine(project, "obj", way);
        string[] arguments = ["publish", project, "-c", "Release", "-v", "q", "-o", folder];
        arguments = [.. arguments, "-r", RuntimeInformation.RuntimeIdentifier, $"-p:StartVariant={way}"];
        using Process publish = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string output = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        if (publish.ExitCode == 0) return Path.Combine(folder, file);
        Console.WriteLine($"{way} skipped, as the program cannot be published: {output.Trim()}");
        return null;
    }

    /// <summary>Figures of each contender in one way: the empty program, ModelBuild, then the peers.</summary>
    /// <param name="program">The program.</param>
    /// <param name="model">What it runs.</param>
    /// <param name="seconds">About how long to measure.</param>
    public static IReadOnlyList<StartFigures> Measure(string program, BenchmarkModel model, double seconds)
    {
        List<(string Name, string[] Arguments)> contenders =
            [(Empty, ["none", model.Name]), ("ModelBuild int8", ["modelbuild", model.Name])];
        foreach (Peer peer in Peer.All)
            if (peer.Path(model) is { } path) contenders.Add((peer.Name, [peer.Kind, model.Name, path, TfLiteLibrary.Path ?? ""]));
        double[] memory = [.. contenders.Select(contender => Start(program, contender.Arguments, stay: true).Megabytes)];
        List<double>[] times = [.. contenders.Select(_ => new List<double>())];
        Stopwatch all = Stopwatch.StartNew();
        for (int round = 0; round < FewestRounds || all.Elapsed.TotalSeconds < seconds; round++)
            for (int i = 0; i < contenders.Count; i++) times[i].Add(Start(program, contenders[i].Arguments, stay: false).Milliseconds);
        return [.. contenders.Select((contender, i) => new StartFigures(contender.Name, CallTimes.Of(times[i]), memory[i] - memory[0]))];
    }

    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="stay">Let it make its further calls, for the memory.</param>
    private static (double Milliseconds, double Megabytes) Start(string program, string[] arguments, bool stay)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Stream reports = process.StandardOutput.BaseStream;
        bool came = reports.ReadByte() >= 0;
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (stay) came = reports.ReadByte() >= 0;
        if (!came)
            throw new InvalidOperationException($"{Program} {string.Join(' ', arguments)} fails: {process.StandardError.ReadToEnd()}");
        process.Refresh();
        double megabytes = process.WorkingSet64 / 1e6;
        if (stay) process.StandardInput.Close();
        else process.Kill();
        process.WaitForExit();
        return (milliseconds, megabytes);
    }
}
