using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>
/// The data_format of operations over images. The graph is NHWC throughout: for NCHW the import puts transposes around, which
/// passes cancel where two meet.
/// </summary>
internal sealed class Layout
{
    private readonly ImportContext _context;
    private readonly bool _channelsFirst;

    /// <summary>Reads data_format: N, spatial dimensions and C last (the default) or second.</summary>
    public Layout(ImportContext context)
    {
        _context = context;
        string format = context.Attributes.Text("data_format", "NHWC");
        _channelsFirst = format is "NCHW" or "NCDHW" or "NCW";
        if (!_channelsFirst && format is not ("NHWC" or "NDHWC" or "NWC")) throw context.Unsupported($"the data_format {format} is not supported.");
    }

    /// <summary>The channels stand before the spatial dimensions.</summary>
    public bool ChannelsFirst => _channelsFirst;

    /// <summary>An attribute with a number for each dimension, reduced to rows and columns; those of batch and channels must be 1.</summary>
    public (int Height, int Width) Pair(string attribute, params int[] fallback)
    {
        int[] all = _context.Attributes.Integers(attribute, fallback);
        if (all.Length != 4) throw _context.Unsupported($"{attribute} has {all.Length} numbers instead of 4.");
        int channel = _channelsFirst ? 1 : 3;
        if (all[0] != 1 || all[channel] != 1) throw _context.Unsupported($"{attribute} = [{string.Join(",", all)}] moves over batch or channels.");
        return _channelsFirst ? (all[2], all[3]) : (all[1], all[2]);
    }

    /// <summary>The attributes padding and explicit_paddings.</summary>
    public Padding Padding()
    {
        string padding = _context.Attributes.Text("padding", "");
        int[] all = _context.Attributes.Integers("explicit_paddings");
        switch (padding)
        {
            case "SAME": return Graph.Padding.Same;
            case "VALID": return Graph.Padding.Valid;
            case "EXPLICIT" when all.Length == 8 && all.All(pixels => pixels >= 0):
                int row = _channelsFirst ? 4 : 2;
                return Graph.Padding.Explicit((all[row], all[row + 1]), (all[row + 2], all[row + 3]));
            default: throw _context.Unsupported($"the padding {padding} [{string.Join(",", all)}] is not supported.");
        }
    }

    /// <summary>The value with channels last.</summary>
    public Value In(Value value) => !_channelsFirst ? value
        : _context.AddStep("channels_last", new Transpose(), value, _context.Constant([0, .. Enumerable.Range(2, Rank(value) - 2), 1]));

    /// <summary>The value in the layout that the node's readers expect.</summary>
    public Value Out(Value value) => !_channelsFirst ? value
        : _context.AddStep("channels_first", new Transpose(), value, _context.Constant([0, Rank(value) - 1, .. Enumerable.Range(1, Rank(value) - 2)]));

    private int Rank(Value value) => value.Shape.HasRank && value.Shape.Rank >= 2 ? value.Shape.Rank
        : throw _context.Unsupported($"the layout of {value.Name} cannot be changed, since its rank is not known.");
}
