using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reporting;

/// <summary>What reports call an operation: its record, or the function where one record has many.</summary>
internal static class OperationName
{
    public static string Of(Operation operation) => operation switch
    {
        Unary unary => unary.Function.ToString(),
        Binary binary => binary.Function.ToString(),
        Reduce reduce => $"Reduce{reduce.Kind}",
        Pool pool => $"{pool.Kind}Pool",
        _ => operation.GetType().Name,
    };
}
