namespace ModelBuild.Kernels;

/// <summary>What a call of a convolution's kernel computes: some pixels of some quads of outputs.</summary>
/// <param name="FirstQuad">First group of four outputs.</param>
/// <param name="EndQuad">The group after the last.</param>
/// <param name="FirstPixel">First pixel.</param>
/// <param name="EndPixel">The pixel after the last; of vector kernels whole vectors from the first one on.</param>
internal readonly record struct ConvolutionTile(int FirstQuad, int EndQuad, int FirstPixel, int EndPixel);
