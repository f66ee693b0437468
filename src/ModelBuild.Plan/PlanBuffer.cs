namespace ModelBuild.Plan;

/// <summary>
/// A value in the working memory. Two kinds, told apart by <see cref="Geometry"/>: a flat array in row-major order, or a
/// quantised image in the channel-quad-planar layout of <see cref="PlanGeometry"/>.
/// </summary>
/// <param name="Name">Unique name, for references and generated identifiers.</param>
/// <param name="Type">Element type as <see cref="PlanTensor.Type"/>; "byte" for an image.</param>
/// <param name="Shape">Logical dimensions, row-major; [1, height, width, channels] for an image.</param>
/// <param name="Offset">First byte in the working memory, a multiple of 64; of an array that is a part of another, of its element size.</param>
/// <param name="Geometry">Layout of a quantised image; null for a flat array.</param>
public sealed record PlanBuffer(string Name, string Type, IReadOnlyList<int> Shape, int Offset, PlanGeometry? Geometry);

/// <summary>
/// Layout [ceil(channels / 4)][size][4] of a quantised image. Pixel (y, x) of a channel quad is at index
/// <c>Origin + y * Pitch + x</c> of its plane.
/// </summary>
/// <param name="Pitch">Pixels from one row to the next, at least the width.</param>
/// <param name="Origin">Index of pixel (0, 0) in a plane: the border before it.</param>
/// <param name="Size">Pixels of a plane, borders included.</param>
/// <param name="Border">Value that everything outside the image holds (its zero point), or -1 where no reader needs one.</param>
/// <param name="Quantization">What a byte stands for; null where that is found in the call.</param>
public sealed record PlanGeometry(int Pitch, int Origin, int Size, int Border, PlanQuantization? Quantization);

/// <summary>What the bytes of an image stand for, real = scale * (byte - zero point), as comments tell it.</summary>
/// <param name="Scale">The scale to a few digits; what is computed with is a parameter of the layers.</param>
/// <param name="ZeroPoint">The byte that stands for 0.</param>
public sealed record PlanQuantization(float Scale, int ZeroPoint);
