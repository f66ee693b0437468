using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Pool"/>, of float32 by the kernels' float path, image by image, and <see cref="Pool3D"/>.</summary>
internal static class PoolReference
{
    public static Tensor Run(Pool pool, IReadOnlyList<Tensor> inputs)
    {
        Tensor x = inputs[0];
        int[] output = Tensors.OutputShape(pool, inputs);
        SpatialWindow window = SpatialWindow.Of(pool);
        // The float path does not know windows without any pixel.
        if (x.Type == DataType.Float32 && window.AlwaysMeets(x.Shape)) return Floats(pool, x, output);
        return SpatialReference.Pool(x, output, window, pool.Kind == PoolKind.Average);
    }

    public static Tensor Volume(Pool3D pool, IReadOnlyList<Tensor> inputs)
    {
        SpatialWindow window = SpatialWindow.Of(pool);
        return SpatialReference.Pool(inputs[0], Tensors.OutputShape(pool, inputs), window, pool.Kind == PoolKind.Average);
    }

    private static Tensor Floats(Pool pool, Tensor x, int[] output)
    {
        PoolShape shape = new(x.Shape[1], x.Shape[2], output[1], output[2], output[3]);
        PoolWindow window = new(
            pool.Window.Height, pool.Window.Width, pool.Strides.Height, pool.Strides.Width,
            pool.Padding.Resolve(0, x.Shape[1], pool.Window.Height, pool.Strides.Height).Before,
            pool.Padding.Resolve(1, x.Shape[2], pool.Window.Width, pool.Strides.Width).Before);
        int read = x.Shape[1] * x.Shape[2] * x.Shape[3], write = output[1] * output[2] * output[3];
        return Tensors.Floats(output, elements =>
        {
            for (int image = 0; image < output[0]; image++)
            {
                PoolFloatKernel.Run(
                    x.Elements<float>().Slice(image * read, read), elements.AsSpan(image * write, write), shape, window,
                    pool.Kind == PoolKind.Average);
            }
        });
    }
}
