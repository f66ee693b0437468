using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Benchmarks.Contenders;

/// <summary>How many of a graph's nodes a delegate of TensorFlow Lite took.</summary>
/// <param name="All">Nodes of the graph.</param>
/// <param name="Left">Those that TensorFlow Lite runs itself.</param>
internal readonly unsafe record struct DelegatedNodes(int All, int Left)
{
    // The second fields of TfLiteDelegate and TfLiteContext (tensorflow/lite/c/common.h), of which the first are as long as a pointer.
    private const int Prepare = 1;
    private const int GetExecutionPlan = 1;

    [ThreadStatic]
    private static delegate* unmanaged[Cdecl]<nint*, nint*, int> t_prepare;

    [ThreadStatic]
    private static DelegatedNodes t_counted;

    /// <summary>
    /// Counts while an interpreter is made with a delegate. There is no function that tells, but a delegate changes the graph in one of
    /// its own, which goes through here meanwhile.
    /// </summary>
    public static DelegatedNodes Count(nint delegation, Action makeInterpreter)
    {
        nint* fields = (nint*)delegation;
        t_prepare = (delegate* unmanaged[Cdecl]<nint*, nint*, int>)fields[Prepare];
        fields[Prepare] = (nint)(delegate* unmanaged[Cdecl]<nint*, nint*, int>)&CountAround;
        makeInterpreter();
        fields[Prepare] = (nint)t_prepare;
        return t_counted;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CountAround(nint* context, nint* target)
    {
        HashSet<int> before = [.. Plan(context)];
        int status = t_prepare(context, target);
        t_counted = new DelegatedNodes(before.Count, Plan(context).Count(before.Contains));
        return status;
    }

    private static int[] Plan(nint* context)
    {
        // TfLiteIntArray: how many, then they.
        int* plan = null;
        int status = ((delegate* unmanaged[Cdecl]<nint*, int**, int>)context[GetExecutionPlan])(context, &plan);
        return status == TfLite.Ok ? new Span<int>(plan + 1, *plan).ToArray() : [];
    }
}
