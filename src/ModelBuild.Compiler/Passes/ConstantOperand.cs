using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Passes;

/// <summary>Constants beside a computed operand of an element-wise operation.</summary>
internal static class ConstantOperand
{
    /// <summary>The single float of a constant, or null.</summary>
    public static float? Scalar(Value value) =>
        value is { Type: DataType.Float32, Constant: { Count: 1 } constant } ? constant.Elements<float>()[0] : null;

    /// <summary>
    /// The constant as a float for each channel (last dimension) of <paramref name="x"/>, where broadcasting means that and x
    /// keeps its shape; null otherwise.
    /// </summary>
    public static float[]? PerChannel(Value value, Value x)
    {
        if (value is not { Type: DataType.Float32, Constant: { } constant } || !x.Shape.HasRank || x.Shape.Rank == 0) return null;
        int channels = x.Shape[-1];
        if (channels < 1 || value.Shape.Rank > x.Shape.Rank) return null;
        ReadOnlySpan<float> elements = constant.Elements<float>();
        if (elements.Length == 1) return [.. Enumerable.Repeat(elements[0], channels)];
        return elements.Length == channels && value.Shape[-1] == channels ? elements.ToArray() : null;
    }

    /// <summary>All elements of a float constant are <paramref name="number"/>.</summary>
    public static bool IsAll(Value value, float number) =>
        value is { Type: DataType.Float32, Constant: { } constant } && !constant.Elements<float>().ContainsAnyExcept(number);

    /// <summary>Broadcasting the other operand leaves the shape of <paramref name="x"/>.</summary>
    public static bool KeepsShape(Value x, Value result) => x.Shape.IsStatic && x.Shape.Equals(result.Shape);
}
