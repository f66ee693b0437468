using System.Runtime.CompilerServices;
using ModelBuild.Compiler.Reference;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>The working memory of a call.</summary>
/// <param name="Bytes">As it was planned.</param>
/// <param name="Least">What the values that one step needs take together, at the fullest step: no plan could do with less.</param>
internal sealed record WorkingMemory(long Bytes, long Least)
{
    /// <summary>Of a plan.</summary>
    public static WorkingMemory Of(ModelPlan plan)
    {
        (PlanBuffer Buffer, int First, int Last)[] uses =
            [.. plan.Buffers.Select(buffer => Use(plan, buffer)).Where(use => use.First >= 0)];
        return new WorkingMemory(plan.ArenaBytes, Enumerable.Range(0, plan.Layers.Count).Max(step =>
            Covered(uses.Where(use => use.First <= step && step <= use.Last).Select(use => use.Buffer))));
    }

    private static (PlanBuffer Buffer, int First, int Last) Use(ModelPlan plan, PlanBuffer buffer)
    {
        int[] steps = [.. Enumerable.Range(0, plan.Layers.Count).Where(step =>
            plan.Layers[step].Parameters.Any(parameter => parameter.Value is PlanValue.Buffer used && used.Name == buffer.Name))];
        return (buffer, steps.FirstOrDefault(-1), steps.LastOrDefault(-1));
    }

    // Values that are parts of one another lie over each other, and count once.
    private static long Covered(IEnumerable<PlanBuffer> buffers)
    {
        long bytes = 0, end = 0;
        foreach (PlanBuffer buffer in buffers.OrderBy(buffer => buffer.Offset))
        {
            long stop = buffer.Offset + Length(buffer);
            bytes += Math.Max(0, stop - Math.Max(end, buffer.Offset));
            end = Math.Max(end, stop);
        }
        return bytes;
    }

    private static long Length(PlanBuffer buffer) => buffer.Geometry is { } geometry
        ? (buffer.Shape[3] + 3) / 4 * 4L * geometry.Size
        : buffer.Shape.Aggregate((long)ElementBytes(buffer.Type), (product, size) => product * size);

    private static int ElementBytes(string type) => RuntimeHelpers.SizeOf(ElementTypes.ElementType(PlanTypes.Type(type)).TypeHandle);
}
