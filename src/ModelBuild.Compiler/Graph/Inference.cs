using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Graph;

/// <summary>Rules of shape inference that many operations share. Unknown dimensions fit everything.</summary>
internal static class Inference
{
    /// <summary>An operation whose inputs do not fit; whoever adds the node puts its name before the message.</summary>
    public static ModelBuildException Error(string what) => new(DiagnosticCode.InvalidGraph, what);

    /// <summary>Throws <see cref="Error"/> unless <paramref name="condition"/> holds.</summary>
    public static void Require(bool condition, string what)
    {
        if (!condition) throw Error(what);
    }

    /// <summary>Throws unless the shape's rank is unknown or <paramref name="rank"/>.</summary>
    public static void RequireRank(Value value, int rank, string what) =>
        Require(!value.Shape.HasRank || value.Shape.Rank == rank, $"{what} has the shape {value.Shape}, but {rank} dimensions are needed.");

    /// <summary>Throws unless both dimensions are equal or one is unknown; gives the known one.</summary>
    public static int Merge(int left, int right, string what)
    {
        Require(left == right || left == Shape.Unknown || right == Shape.Unknown, $"{what}: {left} and {right} differ.");
        return left == Shape.Unknown ? right : left;
    }

    /// <summary>What both shapes say, which are to be one; throws where they cannot be.</summary>
    public static Shape Merge(Shape left, Shape right, string what)
    {
        if (!left.HasRank || !right.HasRank) return left.HasRank ? left : right;
        Require(left.Rank == right.Rank, $"{what}: the shapes {left} and {right} differ.");
        int[] merged = left.ToArray();
        for (int axis = 0; axis < merged.Length; axis++) merged[axis] = Merge(left[axis], right[axis], what);
        return Shape.Of(merged);
    }

    /// <summary>An axis counted from the front, for one that may be negative.</summary>
    public static int Axis(int axis, int rank, string what = "an axis")
    {
        Require(axis >= -rank && axis < rank, $"{what} is {axis}, but there are {rank} dimensions.");
        return axis < 0 ? axis + rank : axis;
    }

    /// <summary>The shape that operands are broadcast to (NumPy's rule).</summary>
    public static Shape Broadcast(Shape left, Shape right)
    {
        if (!left.HasRank || !right.HasRank) return Shape.UnknownRank;
        int[] shape = new int[Math.Max(left.Rank, right.Rank)];
        for (int axis = 1; axis <= shape.Length; axis++)
        {
            int a = axis <= left.Rank ? left[left.Rank - axis] : 1;
            int b = axis <= right.Rank ? right[right.Rank - axis] : 1;
            Require(a == b || a == 1 || b == 1 || a == Shape.Unknown || b == Shape.Unknown, $"the shapes {left} and {right} cannot be broadcast to each other.");
            // An unknown dimension beside one greater than 1 can only be that one, or 1.
            shape[^axis] = a == 1 ? b : b == 1 ? a : a == Shape.Unknown ? b : a;
        }
        return Shape.Of(shape);
    }

    /// <summary>What two shapes have in common: unknown where they differ.</summary>
    public static Shape Common(Shape left, Shape right)
    {
        if (!left.HasRank || !right.HasRank || left.Rank != right.Rank) return Shape.UnknownRank;
        int[] common = left.ToArray();
        for (int axis = 0; axis < common.Length; axis++)
            if (common[axis] != right[axis]) common[axis] = Shape.Unknown;
        return Shape.Of(common);
    }

    /// <summary>Product of dimensions, or unknown; throws where it does not fit an int.</summary>
    public static int Product(ReadOnlySpan<int> dimensions)
    {
        long product = 1;
        bool known = true;
        foreach (int dimension in dimensions)
        {
            if (dimension == Shape.Unknown) known = false;
            else product *= dimension;
            Require(product <= int.MaxValue, $"a tensor would have {product} elements, more than {int.MaxValue}.");
        }
        return known ? (int)product : Shape.Unknown;
    }

    /// <summary>Throws unless a value has an element type.</summary>
    public static void RequireType(Value value, DataType type, string what) =>
        Require(value.Type == type, $"{what} has the type {value.Type} instead of {type}.");

    /// <summary>Throws unless all values have one element type.</summary>
    public static void RequireSameType(IEnumerable<Value> values, string what)
    {
        DataType[] types = [.. values.Select(value => value.Type).Distinct()];
        Require(types.Length <= 1, $"{what} have the types {string.Join(" and ", types)}.");
    }

    /// <summary>The integers of a constant (as of axes, shapes and paddings), or null where it is computed; the greatest int stands for greater ones.</summary>
    public static int[]? Integers(Value value)
    {
        if (value.Constant is not { } constant) return null;
        Require(ElementTypes.IsInteger(constant.Type), $"{value.Name} holds {constant.Type}, but integers are needed.");
        return ElementTypes.Integer(constant.Type, new Narrow(constant));
    }

    /// <summary>The integers of a value as far as they are known, null in place of the others; null where not even their number is known.</summary>
    public static long?[]? KnownIntegers(Value value)
    {
        if (value.Constant is { Data: long[] wide }) return Array.ConvertAll(wide, element => (long?)element);
        if (Integers(value) is { } integers) return Array.ConvertAll(integers, element => (long?)element);
        if (value.Known is { } known) return [.. known];
        return value.Shape.IsStatic ? new long?[value.Shape.Count] : null;
    }

    /// <summary>The shape whose dimensions are a value's integers, as far as they are known.</summary>
    public static Shape ShapeOf(Value dimensions)
    {
        if (KnownIntegers(dimensions) is not { } sizes) return Shape.UnknownRank;
        Require(dimensions.Shape.Rank <= 1, $"{dimensions.Name} has the shape {dimensions.Shape}, but a vector of dimensions is needed.");
        Require(sizes.All(size => size is null or (>= 0 and <= int.MaxValue)), $"[{string.Join(",", sizes)}] is no shape.");
        int[] shape = Array.ConvertAll(sizes, size => (int)(size ?? Shape.Unknown));
        Product(shape);
        return Shape.Of(shape);
    }

    /// <summary>The single integer of a constant, or null where it is computed.</summary>
    public static int? Integer(Value value)
    {
        int[]? values = Integers(value);
        if (values is null) return null;
        Require(values.Length == 1, $"{value.Name} holds {values.Length} integers, but one is needed.");
        return values[0];
    }

    private sealed class Narrow(Tensor tensor) : IIntegerWork<int[]>
    {
        int[] IIntegerWork<int[]>.Run<T>() => Array.ConvertAll((T[])tensor.Data, int.CreateSaturating);
    }
}
