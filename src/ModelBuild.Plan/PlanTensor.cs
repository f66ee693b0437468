namespace ModelBuild.Plan;

/// <summary>A constant in the weights blob.</summary>
/// <param name="Type">
/// Element type by its C# keyword ("bool", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double"),
/// "Half" or "BFloat16".
/// </param>
/// <param name="Shape">Dimensions, row-major.</param>
/// <param name="Offset">First byte in the blob.</param>
/// <param name="Bytes">Bytes in the blob.</param>
/// <param name="Coding">"Raw" (little-endian elements) or the name of an entropy coding.</param>
public sealed record PlanTensor(string Type, IReadOnlyList<int> Shape, int Offset, int Bytes, string Coding)
{
    /// <summary>Number of elements.</summary>
    public int Length => Shape.Aggregate(1, (product, dimension) => product * dimension);
}
