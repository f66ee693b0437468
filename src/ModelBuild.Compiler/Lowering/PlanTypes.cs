using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Lowering;

/// <summary>Element types by the names that plans give them.</summary>
internal static class PlanTypes
{
    private static readonly (string Name, DataType Type)[] All =
    [
        ("bool", DataType.Bool), ("sbyte", DataType.Int8), ("byte", DataType.UInt8), ("short", DataType.Int16), ("ushort", DataType.UInt16),
        ("int", DataType.Int32), ("uint", DataType.UInt32), ("long", DataType.Int64), ("ulong", DataType.UInt64),
        ("float", DataType.Float32), ("double", DataType.Float64), ("Half", DataType.Float16), ("BFloat16", DataType.BFloat16),
    ];

    private static readonly Dictionary<Type, string> Names =
        All.ToDictionary(entry => ElementTypes.ElementType(entry.Type), entry => entry.Name);

    private static readonly Dictionary<string, DataType> Types = All.ToDictionary(entry => entry.Name, entry => entry.Type);

    /// <summary>
    /// The name of a tensor's element type, for quantised ones that of their integers; null for what is no number or truth value.
    /// </summary>
    public static string? Name(DataType type) => Names.GetValueOrDefault(ElementTypes.ElementType(type));

    /// <summary>The name of a C# type; null if tensors have no such elements.</summary>
    public static string? Name(Type type) => Names.GetValueOrDefault(type);

    /// <summary>The element type of a name.</summary>
    /// <exception cref="FormatException">There is no such element type.</exception>
    public static DataType Type(string name) =>
        Types.TryGetValue(name, out DataType type) ? type : throw new FormatException($"\"{name}\" is no element type.");
}
