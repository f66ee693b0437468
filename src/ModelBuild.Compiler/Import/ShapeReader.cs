using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>From a TensorShapeProto to a shape.</summary>
internal static class ShapeReader
{
    /// <summary>No shape at all is that of a scalar (as of constants).</summary>
    public static Shape Read(TensorShapeProto? proto)
    {
        if (proto is null) return Shape.Scalar;
        if (proto.UnknownRank) return Shape.UnknownRank;
        Inference.Require(proto.Dim.Count <= Shape.MostDimensions, $"a shape has {proto.Dim.Count} dimensions.");
        int[] dimensions = new int[proto.Dim.Count];
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            long size = proto.Dim[axis].Size;
            Inference.Require(size <= int.MaxValue, $"dimension {axis} is {size}, more than any tensor can have.");
            dimensions[axis] = size < 0 ? Shape.Unknown : (int)size;
        }
        Inference.Product(dimensions);
        return Shape.Of(dimensions);
    }
}
