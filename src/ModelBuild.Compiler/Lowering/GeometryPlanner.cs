using System.Globalization;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Finds the geometries of images from what layers ask of them. Images between which kernels run pixel by pixel over whole planes
/// share a plane (pitch, origin and size), images of a convolution a pitch. Borders are as wide as the widest padding of a reader
/// needs; the pixels between two rows are the right border of the one and the left border of the other.
/// </summary>
internal sealed class GeometryPlanner
{
    // Kernels compute pixels in vectors of this many, if the planes have room for whole ones.
    private const int Vector = 16;

    // Planes at multiples of these pixels (512 bytes) from each other fall into few sets of the first-level cache, and a kernel that
    // goes over many of them at a time becomes up to 1.7 times slower (measured with 64 planes of 32x32).
    private const int Collision = 128;

    private readonly DisjointSets<ImageDraft> _planes = new();
    private readonly DisjointSets<ImageDraft> _pitches = new();
    private readonly List<ImageDraft> _images = [];
    private readonly Dictionary<ImageDraft, Needs> _needs = [];

    /// <summary>Adds an image, to be spoken of afterwards.</summary>
    public void Add(ImageDraft image)
    {
        _images.Add(image);
        _needs.Add(image, new Needs { Pitch = image.Shape.Width });
    }

    /// <summary>The images are walked through together: one pitch, origin and size.</summary>
    public void SharePlane(ImageDraft first, ImageDraft second)
    {
        _planes.Join(first, second);
        _pitches.Join(first, second);
    }

    /// <summary>A convolution writes <paramref name="output"/> from <paramref name="input"/>.</summary>
    public void Convolve(ImageDraft input, ImageDraft output, ConvolutionReach reach)
    {
        Read(input, reach);
        if (output.IsVector) return;
        _pitches.Join(input, output);
        _needs[output].Spans.Add(new Span(0, 0, output.Shape.Height, output.Shape.Width));
    }

    /// <summary>A convolution reads <paramref name="input"/>, which is its image or the phases of it.</summary>
    public void Read(ImageDraft input, ConvolutionReach reach)
    {
        Needs needs = _needs[input];
        needs.Top = Math.Max(needs.Top, reach.Top);
        needs.Left = Math.Max(needs.Left, reach.Left);
        needs.Pitch = Math.Max(needs.Pitch, Math.Max(input.Shape.Width + reach.Left, reach.Width + Math.Max(reach.LastColumn, 0)));
        needs.HasPadding |= reach.HasPadding;
        needs.Spans.Add(new Span(reach.LastRow, reach.LastColumn, reach.Height, reach.Width));
    }

    /// <summary>The image has at least one pixel of border after the last one.</summary>
    public void RequireEnd(ImageDraft image) => _needs[image].HasEnd = true;

    /// <summary>The geometry of each image that was added.</summary>
    public IReadOnlyDictionary<ImageDraft, PlanGeometry> Solve()
    {
        ILookup<ImageDraft, ImageDraft> pitches = _images.ToLookup(_pitches.Find), planes = _images.ToLookup(_planes.Find);
        return _images.ToDictionary(image => image, image => image.IsVector
            ? new PlanGeometry(1, 0, 1, -1, ForComments(image))
            : Solve(image, pitches[_pitches.Find(image)].Max(other => _needs[other].Pitch), planes[_planes.Find(image)]));
    }

    private PlanGeometry Solve(ImageDraft image, int pitch, IEnumerable<ImageDraft> plane)
    {
        Needs[] needs = [.. plane.Select(other => _needs[other])];
        int origin = checked(needs.Max(need => need.Top) * pitch + needs.Max(need => need.Left));
        int size = checked(origin + (image.Shape.Height - 1) * pitch + image.Shape.Width + (needs.Any(need => need.HasEnd) ? 1 : 0));
        foreach (Span span in needs.SelectMany(need => need.Spans)) size = Math.Max(size, checked(origin + span.End(pitch)));
        if (size % Collision == 0) size += Vector;
        int border = _needs[image].HasPadding && image.Quantization is { } quantization ? quantization.ZeroPoint : -1;
        return new PlanGeometry(pitch, origin, size, border, ForComments(image));
    }

    private static PlanQuantization? ForComments(ImageDraft image) => image.Quantization is { } quantization
        ? new PlanQuantization(float.Parse(quantization.Scale.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), quantization.ZeroPoint)
        : null;

    /// <summary>What is asked of one image.</summary>
    private sealed class Needs
    {
        public int Top { get; set; }

        public int Left { get; set; }

        public int Pitch { get; set; }

        public bool HasPadding { get; set; }

        public bool HasEnd { get; set; }

        public List<Span> Spans { get; } = [];
    }

    /// <summary>Rows of pixels that a kernel goes through in vectors, from a place relative to pixel (0, 0) on.</summary>
    private readonly record struct Span(int Row, int Column, int Height, int Width)
    {
        public int End(int pitch) => checked(Row * pitch + Column + ((Height - 1) * pitch + Width + Vector - 1) / Vector * Vector);
    }
}
