using ModelBuild.Compiler;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Cli;

/// <summary>
/// Runs a compiled model by the kernels that ship: on one sample, or on many along a first dimension, one after the other.
/// </summary>
internal static class PlanCall
{
    /// <exception cref="ModelBuildException">The inputs cannot be used.</exception>
    public static IReadOnlyList<(string Name, Tensor Tensor)> Run(CompiledModel model, IReadOnlyList<Feed> feeds)
    {
        PlanExecutor executor = new(model.Plan, model.Blob);
        string[] inputs = [.. model.Plan.Inputs.Select(port => port.Name)];
        Feed.RequireKnown(feeds, inputs);
        IReadOnlyList<Tensor>[] samples = [.. model.Plan.Inputs.Select(port => Samples(port, Feed.Of(port.Name, feeds, inputs)))];
        if (samples.Any(input => input.Count != samples[0].Count))
        {
            throw new ModelBuildException(DiagnosticCode.DataMismatch,
                "The inputs hold unequally many samples. Give equally many for all.");
        }
        Tensor[][] results = [.. Enumerable.Range(0, samples[0].Count).Select(i => executor.Run([.. samples.Select(input => input[i])]))];
        return [.. model.Plan.Outputs.Select((port, k) => (port.Name, Join([.. results.Select(result => result[k])])))];
    }

    /// <summary>The calls that an array is good for.</summary>
    private static IReadOnlyList<Tensor> Samples(PlanPort port, Feed feed)
    {
        DataType type = PlanTypes.Type(port.Type);
        Tensor data = port.TakesPixels && feed.Tensor.Type == DataType.UInt8 ? feed.Tensor : feed.As(type, null);
        Shape shape = Shape.Of([.. port.Shape]);
        if (data.Shape.Equals(shape)) return [data];
        int count = data.Shape.Rank > 0 ? data.Shape[0] : 0;
        bool fits = count > 0 && data.Count == count * port.Length;
        if (fits) return [.. Enumerable.Range(0, count).Select(i => ElementConversion.Slice(data, i * port.Length, shape))];
        throw feed.Mismatch($"The array has the shape {data.Shape}, but the input {port.Name} takes {shape}, "
            + "or many of these along the first dimension. Reshape the array.");
    }

    /// <summary>The outputs of many calls along the first dimension, which is the batch if each has a batch of one.</summary>
    private static Tensor Join(IReadOnlyList<Tensor> parts)
    {
        if (parts.Count == 1) return parts[0];
        Shape part = parts[0].Shape;
        Array data = Array.CreateInstance(parts[0].Data.GetType().GetElementType()!, part.Count * parts.Count);
        for (int i = 0; i < parts.Count; i++) Array.Copy(parts[i].Data, 0, data, i * part.Count, part.Count);
        ReadOnlySpan<int> sample = part.Rank > 0 && part[0] == 1 ? part.Dimensions[1..] : part.Dimensions;
        return new Tensor(parts[0].Type, Shape.Of([parts.Count, .. sample]), data);
    }
}
