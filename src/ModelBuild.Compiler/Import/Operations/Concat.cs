using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports concatenations.</summary>
internal static class ConcatImport
{
    /// <summary>ConcatV2: values, then the axis.</summary>
    public static Value Import(ImportContext context) =>
        Join(context, context.RequireInteger(context.Inputs.Count - 1, "the axis"), context.Inputs.SkipLast(1));

    /// <summary>Concat of TensorFlow 0: the axis, then values.</summary>
    public static Value AxisFirst(ImportContext context) => Join(context, context.RequireInteger(0, "the axis"), context.Inputs.Skip(1));

    /// <summary>ParallelConcat: values with one row each.</summary>
    public static Value Rows(ImportContext context)
    {
        context.Attributes.Ignore("shape");
        return Join(context, 0, context.Inputs);
    }

    /// <summary>ConcatOffset: where each of several shapes begins in their concatenation. The axis, then shapes.</summary>
    public static IReadOnlyList<Value> Offsets(ImportContext context)
    {
        Value first = context[1];
        if (!first.Shape.IsStatic) throw context.Unsupported($"the number of dimensions of {first.Name} is not known.");
        int[] marks = new int[first.Shape.Count];
        marks[Inference.Axis(context.RequireInteger(0, "the axis"), marks.Length)] = 1;
        Value axis = context.Constant(Reference.Tensors.Vector(first.Type, marks));
        Value offset = context.Constant(Reference.Tensors.Vector(first.Type, new int[marks.Length]));
        List<Value> offsets = [];
        foreach (Value shape in context.Inputs.Skip(1))
        {
            offsets.Add(offset);
            Value size = context.AddStep("size", new Binary(BinaryKind.Multiply), shape, axis);
            offset = context.AddStep("offset", new Binary(BinaryKind.Add), offset, size);
        }
        return offsets;
    }

    private static Value Join(ImportContext context, int axis, IEnumerable<Value> values) => context.Add(new Concat(axis), [.. values]);
}
