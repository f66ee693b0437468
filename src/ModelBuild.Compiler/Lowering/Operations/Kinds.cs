using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Kinds of tensor layers by the element types of a node.</summary>
internal static class Kinds
{
    /// <summary>"Gather&lt;float,int>".</summary>
    public static string Of(string kind, params IEnumerable<DataType> types) => $"{kind}<{string.Join(',', types.Select(PlanTypes.Name))}>";

    /// <summary>The kind for floating-point numbers or for integers.</summary>
    /// <param name="type">Element type.</param>
    /// <param name="floating">Kind for half, float and double; null for none.</param>
    /// <param name="integer">Kind for integers; null for none.</param>
    /// <exception cref="ModelBuildException">There is none for the type.</exception>
    public static string Numeric(DataType type, string? floating, string? integer)
    {
        if (floating is not null && ElementTypes.IsFloating(type)) return Of(floating, type);
        if (integer is not null && ElementTypes.IsInteger(type)) return Of(integer, type);
        throw Unsupported($"for elements of type {type}");
    }

    /// <summary>The kind for real numbers of any type, with further element types.</summary>
    /// <param name="kind">"Gather".</param>
    /// <param name="type">The element type that numbers are needed of.</param>
    /// <param name="others">Element types of other operands.</param>
    /// <exception cref="ModelBuildException">The type is none of numbers.</exception>
    public static string Number(string kind, DataType type, params IEnumerable<DataType> others) =>
        ElementTypes.IsFloating(type) || ElementTypes.IsInteger(type)
            ? Of(kind, [type, .. others])
            : throw Unsupported($"for elements of type {type}");

    /// <summary>The error of an operation without kernel.</summary>
    /// <param name="what">"for elements of type Bool".</param>
    public static ModelBuildException Unsupported(string what) =>
        new(DiagnosticCode.UnsupportedOperations, $"there is no kernel {what}. Set Inputs or Outputs so that the node is left out.");
}
