using System.Globalization;
using Google.Protobuf.Collections;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Functions;

/// <summary>
/// The functions of a graph. Their nodes name tensors "argument", "argument:index", "node:output:index" or, for a whole list,
/// "node:output" (function.proto); reading a function turns these into the form of graphs, "node:index".
/// </summary>
internal sealed class FunctionLibrary
{
    private readonly Dictionary<string, FunctionDef> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GraphFunction> _read = new(StringComparer.Ordinal);

    /// <exception cref="Diagnostics.ModelBuildException">Two different functions have one name.</exception>
    public FunctionLibrary(FunctionDefLibrary? library)
    {
        foreach (FunctionDef function in library?.Function ?? [])
        {
            string name = function.Signature?.Name ?? "";
            if (!_definitions.TryAdd(name, function) && !_definitions[name].Equals(function))
                throw GraphIndex.Invalid($"Two functions are named {name}.");
        }
    }

    /// <summary>The function of a name, or null; as it stands in the file.</summary>
    public FunctionDef? Find(string name) => _definitions.GetValueOrDefault(name);

    /// <summary>A function, with the attributes that its caller gives it.</summary>
    /// <exception cref="Diagnostics.ModelBuildException">There is none, or it contradicts itself.</exception>
    public GraphFunction Read(string name, MapField<string, AttrValue> attributes)
    {
        if (_read.TryGetValue(name, out GraphFunction? known)) return known;
        FunctionDef definition = Find(name)
            ?? throw GraphIndex.Invalid($"The function {name} is called, but the library does not have it.");
        GraphFunction function = new FunctionReader(this, definition, attributes).Read();
        if (!DependsOnCaller(definition)) _read.Add(name, function);
        return function;
    }

    /// <summary>Where a named output of a node begins among all of them, and how many it is.</summary>
    public (int First, int Count) Output(NodeDef node, string name)
    {
        if (Find(node.Op) is not { } function) return OutputArguments.Find(node, name);
        int first = 0;
        foreach (OpDef.Types.ArgDef output in function.Signature.OutputArg)
        {
            int count = Length(output, node.Attr);
            if (output.Name == name) return (first, count);
            first += count;
        }
        throw GraphIndex.Invalid($"The function {node.Op} has no output {name}.");
    }

    /// <summary>How many tensors an argument or output is, with the attributes of the call.</summary>
    public static int Length(OpDef.Types.ArgDef argument, IEnumerable<KeyValuePair<string, AttrValue>> attributes)
    {
        string list = argument.NumberAttr.Length > 0 ? argument.NumberAttr : argument.TypeListAttr;
        return list.Length > 0 ? OutputArguments.ListLength(attributes, list) : 1;
    }

    private static bool DependsOnCaller(FunctionDef function) =>
        function.Signature.InputArg.Concat(function.Signature.OutputArg)
            .Any(argument => argument.NumberAttr.Length + argument.TypeListAttr.Length > 0)
        || function.NodeDef.SelectMany(node => node.Attr.Values).Any(HasPlaceholder);

    private static bool HasPlaceholder(AttrValue value) => value.ValueCase switch
    {
        AttrValue.ValueOneofCase.Placeholder => true,
        AttrValue.ValueOneofCase.Func => value.Func.Attr.Values.Any(HasPlaceholder),
        AttrValue.ValueOneofCase.List => value.List.Func.SelectMany(function => function.Attr.Values).Any(HasPlaceholder),
        _ => false,
    };
}
