using System.Runtime.ExceptionServices;

namespace ModelBuild.Compiler.Data;

/// <summary>Work on samples by all processors.</summary>
internal static class EachSample
{
    /// <summary>Calls <paramref name="body"/> for each index below <paramref name="count"/>, in any order, by several threads.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between samples.</exception>
    /// <exception cref="Diagnostics.ModelBuildException">What the first sample at fault threw.</exception>
    public static void Do(int count, CancellationToken cancellation, Action<int> body)
    {
        ParallelOptions options = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        try
        {
            Parallel.For(0, count, options, body);
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
    }
}
