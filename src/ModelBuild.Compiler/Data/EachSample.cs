namespace ModelBuild.Compiler.Data;

/// <summary>Work on samples by all processors.</summary>
internal static class EachSample
{
    /// <summary>Calls <paramref name="body"/> for each index below <paramref name="count"/>, in any order, by several threads.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between samples.</exception>
    public static void Do(int count, CancellationToken cancellation, Action<int> body) => Parallel.For(
        0, count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, body);
}
