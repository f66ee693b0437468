using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports Shape: a constant where the shape is known.</summary>
internal static class ShapeImport
{
    public static Value Import(ImportContext context)
    {
        DataType type = context.Attributes.Type("out_type", DataType.Int32);
        Shape shape = context[0].Shape;
        if (!shape.IsStatic) throw context.Unsupported($"the shape {shape} is not known.");
        Shape length = Shape.Of(shape.Rank);
        return context.Constant(type == DataType.Int64
            ? new Tensor(type, length, shape.ToArray().Select(size => (long)size).ToArray()) : Tensor.Of(length, shape.ToArray()));
    }
}
