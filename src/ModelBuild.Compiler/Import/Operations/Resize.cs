using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;
using CropAndResize = ModelBuild.Compiler.Graph.Operations.CropAndResize;
using ScaleAndTranslate = ModelBuild.Compiler.Graph.Operations.ScaleAndTranslate;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports what resizes images.</summary>
internal static class ResizeImport
{
    public static ImportOperation Of(ResizeKind kind) => context =>
    {
        Resize resize = new(kind, context.Attributes.Boolean("align_corners", false), context.Attributes.Boolean("half_pixel_centers", false));
        return [context.Add(resize, context[0], context[1])];
    };

    public static Value ScaleAndTranslate(ImportContext context)
    {
        string kernel = context.Attributes.Text("kernel_type", "lanczos3").Replace("_", "", StringComparison.Ordinal);
        if (!Enum.TryParse(kernel, ignoreCase: true, out SamplingKernel parsed))
            throw context.Unsupported($"the kernel_type {kernel} is not known.");
        ScaleAndTranslate resize = new(parsed.ToString(), context.Attributes.Boolean("antialias", true));
        return context.Add(resize, context[0], context[1], context[2], context[3]);
    }

    public static Value Crop(ImportContext context)
    {
        string method = context.Attributes.Text("method", "bilinear");
        if (method is not ("bilinear" or "nearest")) throw context.Unsupported($"the method {method} is not known.");
        CropAndResize crop = new(method == "nearest", context.Attributes.Float("extrapolation_value", 0));
        return context.Add(crop, context[0], context[1], context[2], context[3]);
    }
}
