using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Checking;

/// <summary>Imports and runs cases, and compares what comes out.</summary>
internal static class CheckRunner
{
    // Control flow is executed by recursion; a case must not depend on the stack of the machine it runs on.
    private const int StackBytes = 64 << 20;

    /// <summary>Longer than any case takes: it does not end.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    /// <summary>Runs cases in parallel; the results are in the order of the cases.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="path">Which way.</param>
    /// <param name="progress">Sees each result as soon as it is there, one after the other; may be null.</param>
    public static IReadOnlyList<CheckResult> Run(IReadOnlyList<CheckCase> cases, CheckPath path, Action<CheckResult>? progress = null)
    {
        CheckResult[] results = new CheckResult[cases.Count];
        Lock gate = new();
        Parallel.For(0, cases.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            results[i] = Limited(cases[i], path);
            lock (gate) progress?.Invoke(results[i]);
        });
        return results;
    }

    /// <summary>Runs a case; never throws for what is wrong with it.</summary>
    public static CheckResult Run(CheckCase check, CheckPath path)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<CheckFailure> failures;
        try
        {
            failures = Failures(check, path);
        }
        catch (ModelBuildException error)
        {
            failures = [new CheckFailure(error.Message, Code(error.Code))];
        }
        catch (Exception error)
        {
            failures = [new CheckFailure(Defect(error), Code(DiagnosticCode.InternalError))];
        }
        return new CheckResult(check, failures, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    private static CheckResult Limited(CheckCase check, CheckPath path)
    {
        CheckResult? result = null;
        Thread thread = new(() => result = Run(check, path), StackBytes) { IsBackground = true };
        thread.Start();
        if (thread.Join(TimeLimit)) return result!;
        CheckFailure failure = new($"It did not end within {TimeLimit.TotalSeconds:0} seconds.", Code(DiagnosticCode.InternalError));
        return new CheckResult(check, [failure], TimeLimit.TotalMilliseconds);
    }

    private static List<CheckFailure> Failures(CheckCase check, CheckPath path)
    {
        GraphDef definition = GraphFile.Read(check.ModelPath);
        List<CheckFailure> failures = [];
        PreparedGraph? prepared = null;
        for (int number = 0; number < check.Samples.Count; number++)
        {
            CheckSample sample = check.Samples[number];
            Dictionary<string, Tensor> inputs =
                sample.Inputs.ToDictionary(input => input.Key, input => Input(definition, input.Key, input.Value));
            if (prepared is null || !prepared.Takes(inputs)) prepared = new PreparedGraph(check, definition, inputs, path);
            IReadOnlyList<Tensor> got = prepared.Run(inputs);
            for (int k = 0; k < check.Outputs.Count; k++)
            {
                Tensor want = NpyFile.Read(sample.Outputs[k]);
                if (TensorComparison.Compare(got[k], want, check.ToleranceOf(want)) is not { } mismatch) continue;
                string where = check.Samples.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" of sample {number}");
                failures.Add(new CheckFailure($"{check.Outputs[k]}{where} {mismatch.Message}", Mismatch: mismatch));
            }
        }
        return failures;
    }

    /// <summary>The tensor in a file, which for a string input are its bytes.</summary>
    private static Tensor Input(GraphDef definition, string name, string path)
    {
        Tensor stored = NpyFile.Read(path);
        NodeDef? node = definition.Node.FirstOrDefault(node => node.Name == name);
        bool isString = node is not null && new Attributes(node).Type("dtype", stored.Type) == DataType.String;
        if (!isString || stored.Type != DataType.UInt8) return stored;
        return new Tensor(DataType.String, Shape.Scalar, new[] { (byte[])stored.Data });
    }

    private static string Code(DiagnosticCode code) => string.Create(CultureInfo.InvariantCulture, $"MB{(int)code:0000}");

    /// <summary>The exception and where it came from: enough to find the place without a stack trace.</summary>
    private static string Defect(Exception error)
    {
        MethodBase? method = new StackTrace(error).GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(IsOurs);
        string place = method is null ? "the base library" : $"{method.DeclaringType!.Name}.{method.Name}";
        return $"{error.GetType().Name} in {place}: {error.Message}";

        static bool IsOurs(MethodBase? method) =>
            method?.DeclaringType?.Namespace?.StartsWith(nameof(ModelBuild), StringComparison.Ordinal) == true;
    }
}
