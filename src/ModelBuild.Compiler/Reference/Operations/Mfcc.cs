using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using Mfcc = ModelBuild.Compiler.Graph.Operations.Mfcc;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Mfcc"/>.</summary>
internal static class MfccReference
{
    public static Tensor Run(Mfcc mfcc, IReadOnlyList<Tensor> inputs)
    {
        int bins = inputs[0].Shape[2];
        MelFilters filters = new(bins, Tensors.Integer(inputs[1]), mfcc.Filters, mfcc.Lowest, mfcc.Highest);
        return Tensors.Floats(Tensors.OutputShape(mfcc, inputs), elements => Kernels.Mfcc.Run(
            inputs[0].Elements<float>(), bins, filters, Kernels.Mfcc.Cosines(mfcc.Filters, mfcc.Coefficients), elements, new double[mfcc.Filters]));
    }
}
