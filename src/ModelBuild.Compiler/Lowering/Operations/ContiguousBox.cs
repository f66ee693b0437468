namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Boxes cut out of arrays, whose elements may lie together: then the box is a part of the array, and nothing is copied.</summary>
internal static class ContiguousBox
{
    /// <summary>The first element of a box whose elements lie together in row-major order; else null.</summary>
    /// <param name="shape">Shape of the array.</param>
    /// <param name="begin">First element along each axis.</param>
    /// <param name="strides">Steps along each axis.</param>
    /// <param name="size">Elements along each axis.</param>
    public static int? Start(int[] shape, int[] begin, int[] strides, int[] size)
    {
        int start = 0, axis = 0;
        while (axis < size.Length && size[axis] == 1) start = start * shape[axis] + begin[axis++];
        if (axis < size.Length)
        {
            if (strides[axis] != 1) return null;
            start = start * shape[axis] + begin[axis++];
        }
        for (; axis < size.Length; axis++)
        {
            if (size[axis] != shape[axis] || strides[axis] != 1) return null;
            start *= shape[axis];
        }
        return start;
    }

    /// <summary>The first element of a box without gaps, likewise.</summary>
    public static int? Start(int[] shape, int[] begin, int[] size) => Start(shape, begin, [.. shape.Select(_ => 1)], size);
}
