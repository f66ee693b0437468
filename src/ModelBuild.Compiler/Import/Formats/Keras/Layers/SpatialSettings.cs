using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>What layers that move a window have in common; those over sequences are computed as images one pixel high.</summary>
internal sealed class SpatialSettings
{
    private readonly LayerContext _c;

    /// <param name="c">The layer.</param>
    /// <param name="window">The member that gives the window's size.</param>
    /// <param name="strides">The strides where the member "strides" is absent; null for 1.</param>
    public SpatialSettings(LayerContext c, string window, int[]? strides = null)
    {
        _c = c;
        Rank = c.Input.Rank - 2;
        Inference.Require(Rank is >= 1 and <= 3, $"the input has the shape {c.Input.Shape}.");
        Window = c.Config.Spatial(window, Rank, 1);
        Strides = c.Config.Find("strides") is null && strides is not null ? strides : c.Config.Spatial("strides", Rank, 1);
        Dilations = c.Config.Spatial("dilation_rate", Rank, 1);
        Inference.Require(Window.Concat(Strides).Concat(Dilations).All(size => size > 0), "window, strides and dilation must be positive.");
        PaddingName = c.Config.Text("padding", "valid").ToUpperInvariant();
    }

    /// <summary>Number of spatial dimensions.</summary>
    public int Rank { get; }

    public int[] Window { get; }

    public int[] Strides { get; }

    public int[] Dilations { get; }

    /// <summary>SAME, VALID or CAUSAL.</summary>
    public string PaddingName { get; private set; }

    /// <summary>The layer is computed as one over images.</summary>
    public bool IsSequence => Rank == 1;

    /// <summary>NHWC or NDHWC.</summary>
    public string Format => Rank == 3 ? "NDHWC" : "NHWC";

    private Padding Padding => PaddingName switch
    {
        "SAME" => Padding.Same,
        "VALID" => Padding.Valid,
        _ => throw _c.Unsupported($"the padding {PaddingName} is not supported."),
    };

    /// <summary>The attributes strides, padding and data_format.</summary>
    public (string, AttrValue)[] Attributes =>
        [("strides", GraphParts.Integers(Full(Strides))), ("padding", GraphParts.Text(PaddingName)),
            ("data_format", GraphParts.Text(Format))];

    /// <summary>The attribute dilations.</summary>
    public (string, AttrValue) DilationAttribute => ("dilations", GraphParts.Integers(Full(Dilations)));

    /// <summary>The layer's input with channels last, sequences as images; zeros for causal padding stand before it.</summary>
    public KerasTensor Enter()
    {
        KerasTensor x = _c.ToChannelsLast(_c.Input);
        if (PaddingName == "CAUSAL")
        {
            x = _c.Pad(x, [(0, 0), ((Window[0] - 1) * Dilations[0], 0), (0, 0)]);
            PaddingName = "VALID";
        }
        return IsSequence ? _c.ExpandDims(x, 1) : x;
    }

    /// <summary>The result as the layer gives it.</summary>
    public KerasTensor Leave(KerasTensor y) => _c.FromChannelsLast(IsSequence ? _c.Squeeze(y, 1) : y);

    /// <summary>A kernel over sequences as one over images.</summary>
    public KerasTensor Kernel(KerasTensor kernel, string step) => IsSequence ? _c.ExpandDims(kernel, 0, step) : kernel;

    /// <summary>A number for each dimension: 1 for batch and channels, and for the height of sequences.</summary>
    public int[] Full(int[] spatial) => IsSequence ? [1, 1, .. spatial, 1] : [1, .. spatial, 1];

    /// <summary>Shape of the result, with channels last and sequences as images.</summary>
    public Shape Output(KerasTensor x, int channels)
    {
        int first = IsSequence ? 2 : 1;
        int[] shape = x.Shape.ToArray();
        for (int axis = 0; axis < Rank; axis++)
            shape[first + axis] = Padding.Resolve(axis, shape[first + axis], Window[axis], Strides[axis], Dilations[axis]).Output;
        shape[^1] = channels;
        return Shape.Of(shape);
    }
}
