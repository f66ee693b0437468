using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>A variable as a graph or a function knows it.</summary>
/// <param name="Name">The node that is it, or the function's argument that it comes by.</param>
/// <param name="Type">Element type of its value.</param>
/// <param name="Shape">Shape of its value.</param>
internal sealed record Variable(string Name, int Type, TensorShapeProto Shape)
{
    /// <summary>Operations that are a variable which is read by reading an input.</summary>
    public static bool IsReference(NodeDef node) => node.Op is "Variable" or "VariableV2" or "AutoReloadVariable";

    /// <summary>The operation that is a variable which is read by ReadVariableOp.</summary>
    public static bool IsHandle(NodeDef node) => node.Op == "VarHandleOp";
}
