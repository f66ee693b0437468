using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Quantization;

namespace ModelBuild.Compiler.Lowering;

/// <summary>A buffer of the plan that does not yet have its place. Compared by reference.</summary>
/// <param name="name">Unique name in the plan.</param>
internal abstract class BufferDraft(string name)
{
    public string Name { get; } = name;
}

/// <summary>A row-major array: of the working memory, a part or another shape of one, or a constant.</summary>
/// <param name="name">Unique name in the plan.</param>
/// <param name="type">Element type.</param>
/// <param name="shape">Dimensions.</param>
internal sealed class FlatDraft(string name, DataType type, int[] shape) : BufferDraft(name)
{
    public DataType Type { get; } = type;

    public int[] Shape { get; } = shape;

    /// <summary>The elements of a constant.</summary>
    public Tensor? Constant { get; init; }

    /// <summary>The array whose memory this one shares; null if it has its own.</summary>
    public FlatDraft? Whole { get; init; }

    /// <summary>First element in <see cref="Whole"/>.</summary>
    public int Start { get; init; }

    /// <summary>Number of elements.</summary>
    public int Length => Kernels.Shapes.Elements(Shape);
}

/// <summary>A quantised image in the working memory.</summary>
/// <param name="name">Unique name in the plan.</param>
/// <param name="shape">Pixels and channels.</param>
/// <param name="quantization">Scale and zero point; null where they are found in the call.</param>
internal sealed class ImageDraft(string name, ImageShape shape, ActivationQuantization? quantization) : BufferDraft(name)
{
    public ImageShape Shape { get; } = shape;

    public ActivationQuantization? Quantization { get; } = quantization;

    /// <summary>It may have a border although it is a single pixel.</summary>
    public bool IsFree { get; init; }

    /// <summary>A vector in the plain layout, as dense layers take it.</summary>
    public bool IsVector => Shape.IsPixel && !IsFree;
}
