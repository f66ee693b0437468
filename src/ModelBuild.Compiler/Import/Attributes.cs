using System.Text;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>
/// The attributes of a node, by type. Each that is read is remembered: one that nothing read means something that the import
/// does not know, which is an error and not a guess.
/// </summary>
internal sealed class Attributes(NodeDef node)
{
    // What describes only types, counts or placement, which the inputs tell already.
    private static readonly HashSet<string> Redundant = new(StringComparer.Ordinal)
    {
        "T", "N", "dtype", "Tidx", "Tshape", "Tpaddings", "Tperm", "Tdim", "Tlen", "Tmultiples", "Tindices", "Tparams", "Taxis", "Index",
        "TI", "U",
        "Tcrops", "Tblock_shape", "Tout", "Tin", "Tcond", "type", "is_ref", "container", "shared_name", "use_cudnn_on_gpu", "use_cudnn",
        "metadata",
        "validate_shape", "validate_indices", "_output_shapes", "experimental_debug_info", "Toutput", "T1", "T2",
        "Tk", "Tindex", "Tshift", "Tnumsegments", "Tsegmentids", "shape_type",
    };

    // Characters of a value in a message.
    private const int MostPrinted = 200;

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The attribute is there.</summary>
    public bool Has(string name) => node.Attr.ContainsKey(name);

    public long Integer(string name, long fallback) => Find(name, AttrValue.ValueOneofCase.I)?.I ?? fallback;

    public int Integer(string name, int fallback) => checked((int)Integer(name, (long)fallback));

    public float Float(string name, float fallback) => Find(name, AttrValue.ValueOneofCase.F)?.F ?? fallback;

    public bool Boolean(string name, bool fallback) => Find(name, AttrValue.ValueOneofCase.B)?.B ?? fallback;

    public string Text(string name, string fallback) =>
        Find(name, AttrValue.ValueOneofCase.S) is { } value ? Encoding.UTF8.GetString(value.S.Span) : fallback;

    public DataType Type(string name, DataType fallback) =>
        Find(name, AttrValue.ValueOneofCase.Type) is { } value ? WithoutReference(value.Type) : fallback;

    public int[] Integers(string name, params int[] fallback) =>
        Find(name, AttrValue.ValueOneofCase.List) is { } value ? [.. value.List.I.Select(i => checked((int)i))] : fallback;

    public float[] Floats(string name) => Find(name, AttrValue.ValueOneofCase.List) is { } value ? [.. value.List.F] : [];

    public DataType[] Types(string name) =>
        Find(name, AttrValue.ValueOneofCase.List) is { } value ? [.. value.List.Type.Select(WithoutReference)] : [];

    public Shape[] ShapeList(string name) =>
        Find(name, AttrValue.ValueOneofCase.List) is { } value ? [.. value.List.Shape.Select(ShapeReader.Read)] : [];

    /// <summary>The shape, or null without one.</summary>
    public Shape? Shape(string name) => Find(name, AttrValue.ValueOneofCase.Shape) is { } value ? ShapeReader.Read(value.Shape) : null;

    /// <summary>The constant that a Const node holds.</summary>
    public TensorProto Tensor(string name) =>
        Find(name, AttrValue.ValueOneofCase.Tensor)?.Tensor
            ?? throw new ModelBuildException(DiagnosticCode.InvalidGraph, $"the attribute {name} is missing.");

    /// <summary>The function that a node calls.</summary>
    public NameAttrList Function(string name) =>
        Find(name, AttrValue.ValueOneofCase.Func)?.Func
            ?? throw new ModelBuildException(DiagnosticCode.InvalidGraph, $"the attribute {name} is missing.");

    /// <summary>The functions that a node chooses from.</summary>
    public IReadOnlyList<NameAttrList> Functions(string name) =>
        Find(name, AttrValue.ValueOneofCase.List) is { } value ? value.List.Func : [];

    /// <summary>Declares attributes that change nothing in inference.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (string name in names) _read.Add(name);
    }

    /// <summary>Throws where an attribute was not read that might mean something.</summary>
    public void RequireAllRead()
    {
        foreach (string name in node.Attr.Keys)
        {
            if (name.StartsWith('_') || Redundant.Contains(name) || _read.Contains(name)) continue;
            string value = node.Attr[name].ToString();
            throw new ModelBuildException(DiagnosticCode.UnsupportedAttribute,
                $"the attribute {name} = {(value.Length > MostPrinted ? value[..MostPrinted] + "..." : value)} is not known to this import. "
                + "Export the model with a version of TensorFlow up to 2.x, or report the operation.");
        }
    }

    private AttrValue? Find(string name, AttrValue.ValueOneofCase kind)
    {
        _read.Add(name);
        if (!node.Attr.TryGetValue(name, out AttrValue? value)) return null;
        if (value.ValueCase == kind) return value;
        // An empty list or zero may be written as no value at all.
        if (value.ValueCase == AttrValue.ValueOneofCase.None) return null;
        throw new ModelBuildException(DiagnosticCode.InvalidGraph, $"the attribute {name} is {value.ValueCase} instead of {kind}.");
    }

    // types.proto numbers a reference type as its base type plus 100.
    private static DataType WithoutReference(int type) => (DataType)(type > 100 ? type - 100 : type);
}
