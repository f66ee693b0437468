namespace ModelBuild.Compiler.Graph;

/// <summary>
/// How a window moves over the border of an image: TensorFlow's SAME and VALID, or a number of pixels before and after, a pair
/// an axis (https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2).
/// </summary>
public sealed class Padding
{
    /// <summary>As many outputs as inputs over stride, the pixels outside divided evenly, the odd one after.</summary>
    public static readonly Padding Same = new([]);

    /// <summary>No window reaches outside.</summary>
    public static readonly Padding Valid = new([]);

    private readonly (int Before, int After)[] _pixels;

    private Padding((int Before, int After)[] pixels) => _pixels = pixels;

    /// <summary>Pixels before and after the image along each spatial axis, outermost first.</summary>
    public static Padding Explicit(params (int Before, int After)[] pixels) => new(pixels);

    /// <summary>Number of outputs along a spatial axis, and pixels outside before the first and after the last input.</summary>
    /// <param name="axis">Spatial axis, from 0.</param>
    /// <param name="input">Inputs along the axis, or <see cref="Shape.Unknown"/>, which makes all results unknown.</param>
    /// <param name="window">Inputs that a window spans.</param>
    /// <param name="stride">Inputs from one window to the next.</param>
    /// <param name="dilation">Inputs from one tap to the next.</param>
    public (int Output, int Before, int After) Resolve(int axis, int input, int window, int stride, int dilation = 1)
    {
        if (input == Shape.Unknown) return (Shape.Unknown, Shape.Unknown, Shape.Unknown);
        int span = checked((window - 1) * dilation + 1);
        if (ReferenceEquals(this, Same))
        {
            int outputs = (input + stride - 1) / stride;
            int outside = Math.Max((outputs - 1) * stride + span - input, 0);
            return (outputs, outside / 2, outside - outside / 2);
        }
        (int before, int after) = ReferenceEquals(this, Valid) ? (0, 0) : _pixels[axis];
        return (Math.Max((input + before + after - span + stride) / stride, 0), before, after);
    }

    /// <summary>These pixels and as many more along each axis; VALID counts as none, and SAME cannot be extended.</summary>
    public Padding Extend(params ReadOnlySpan<(int Before, int After)> more)
    {
        if (ReferenceEquals(this, Same)) throw new InvalidOperationException("SAME depends on the size and cannot be extended.");
        (int, int)[] sum = more.ToArray();
        for (int axis = 0; axis < sum.Length; axis++)
            if (!ReferenceEquals(this, Valid)) sum[axis] = (more[axis].Before + _pixels[axis].Before, more[axis].After + _pixels[axis].After);
        return new Padding(sum);
    }

    /// <inheritdoc/>
    public override string ToString() => ReferenceEquals(this, Same) ? "SAME" : ReferenceEquals(this, Valid) ? "VALID" : string.Join(" ", _pixels);
}
