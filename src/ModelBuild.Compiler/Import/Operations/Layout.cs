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
        Rank = format.Length;
    }

    /// <summary>Number of dimensions of which the data_format speaks.</summary>
    public int Rank { get; }

    /// <summary>The channels stand before the spatial dimensions.</summary>
    public bool ChannelsFirst => _channelsFirst;

    /// <summary>An attribute with a number for each dimension, reduced to rows and columns; those of batch and channels must be 1.</summary>
    public (int Height, int Width) Pair(string attribute, params int[] fallback) => RowsAndColumns(attribute, Numbers(attribute, fallback));

    /// <summary>A number for each dimension, reduced to rows and columns.</summary>
    public (int Height, int Width) RowsAndColumns(string what, ReadOnlySpan<int> all)
    {
        int[] numbers = Spatial(what, all, 2);
        return (numbers[0], numbers[1]);
    }

    /// <summary>An attribute with a number for each dimension, reduced to planes, rows and columns.</summary>
    public (int Depth, int Height, int Width) Triple(string attribute, params int[] fallback)
    {
        int[] numbers = Spatial(attribute, Numbers(attribute, fallback), 3);
        return (numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>The attribute's numbers in the order of channels last.</summary>
    public int[] ChannelsLast(ReadOnlySpan<int> all) => _channelsFirst ? [all[0], .. all[2..], all[1]] : all.ToArray();

    /// <summary>The attributes padding and explicit_paddings.</summary>
    public Padding Padding()
    {
        string padding = _context.Attributes.Text("padding", "");
        int[] all = _context.Attributes.Integers("explicit_paddings");
        switch (padding)
        {
            case "SAME": return Graph.Padding.Same;
            case "VALID": return Graph.Padding.Valid;
            case "EXPLICIT" when all.Length is 8 or 10 && all.All(pixels => pixels >= 0):
                (int Before, int After)[] pairs = [.. all.Chunk(2).Select(pair => (pair[0], pair[1]))];
                return Graph.Padding.Explicit(_channelsFirst ? pairs[2..] : pairs[1..^1]);
            default: throw _context.Unsupported($"the padding {padding} [{string.Join(",", all)}] is not supported.");
        }
    }

    /// <summary>The value with channels last.</summary>
    public Value In(Value value) => !_channelsFirst ? value
        : _context.AddStep("channels_last", new Transpose(), value, _context.Constant([0, .. Enumerable.Range(2, RankOf(value) - 2), 1]));

    /// <summary>The value in the layout that the node's readers expect.</summary>
    public Value Out(Value value) => !_channelsFirst ? value
        : _context.AddStep(
            "channels_first", new Transpose(), value, _context.Constant([0, RankOf(value) - 1, .. Enumerable.Range(1, RankOf(value) - 2)]));

    private int[] Numbers(string attribute, int[] fallback) => _context.Attributes.Integers(attribute, fallback);

    private int[] Spatial(string what, ReadOnlySpan<int> all, int rank)
    {
        if (all.Length != rank + 2) throw _context.Unsupported($"{what} has {all.Length} numbers instead of {rank + 2}.");
        int[] ordered = ChannelsLast(all);
        if (ordered[0] != 1 || ordered[^1] != 1) throw _context.Unsupported($"{what} = [{string.Join(",", ordered)}] moves over batch or channels.");
        return ordered[1..^1];
    }

    // BiasAdd says NCHW of any rank.
    private int RankOf(Value value) => !value.Shape.HasRank ? Rank : value.Shape.Rank >= 2 ? value.Shape.Rank
        : throw _context.Unsupported($"the shape {value.Shape} has no place for channels.");
}
