using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>What TensorFlow computes in float32 though its operands are narrower.</summary>
internal static class SinglePrecision
{
    /// <summary>The value in float32; one of float32 or float64 as it is.</summary>
    public static Value From(ImportContext context, Value value) => value.Type is DataType.Float16 or DataType.BFloat16
        ? context.AddStep("single", new Cast(DataType.Float32), value) : value;

    /// <summary>The result in the type of the operand.</summary>
    public static Value To(ImportContext context, Value value, DataType type) =>
        value.Type == type ? value : context.Add(new Cast(type), value);
}
