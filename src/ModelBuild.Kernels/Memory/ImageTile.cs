namespace ModelBuild.Kernels;

/// <summary>Some pixels of some quads of an image.</summary>
/// <param name="FirstQuad">First group of four channels.</param>
/// <param name="EndQuad">The group after the last.</param>
/// <param name="FirstPixel">First pixel, counted from (0, 0), the ones between rows included.</param>
/// <param name="EndPixel">The pixel after the last; of vector kernels whole vectors from the first one on.</param>
internal readonly record struct ImageTile(int FirstQuad, int EndQuad, int FirstPixel, int EndPixel);
